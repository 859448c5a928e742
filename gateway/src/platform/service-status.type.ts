import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '@storegraph/subgraph-server';

export enum ServiceAvailability {
  AVAILABLE = 'AVAILABLE',
  UNAVAILABLE = 'UNAVAILABLE',
}

registerEnumType(ServiceAvailability, {
  name: 'ServiceAvailability',
  description: 'Whether a part of the shop answers.',
  valuesConfig: {
    AVAILABLE: { description: 'It answers.' },
    UNAVAILABLE: { description: 'It does not answer, or not in time.' },
  },
});

export enum CircuitState {
  CLOSED = 'CLOSED',
  HALF_OPEN = 'HALF_OPEN',
  OPEN = 'OPEN',
}

registerEnumType(CircuitState, {
  name: 'CircuitState',
  description: 'Whether the public door passes requests on to a part of the shop.',
  valuesConfig: {
    CLOSED: { description: 'Requests pass.' },
    HALF_OPEN: { description: 'One request tries whether it has recovered.' },
    OPEN: { description: 'It failed too often; requests are refused at once.' },
  },
});

@ObjectType('ServiceStatus', { description: 'How one part of the shop is doing.' })
export class ServiceStatus {
  @Field(() => String, { description: 'Its name, such as `catalog`.' })
  name!: string;

  @Field(() => ServiceAvailability, { description: 'Whether it answers.' })
  status!: ServiceAvailability;

  @Field(() => CircuitState, { description: 'Whether requests are passed on to it.' })
  circuit!: CircuitState;

  @Field(() => Float, {
    nullable: true,
    description: 'How long it took to answer, in milliseconds, if it did.',
  })
  latencyMillis!: number | null;

  @Field(() => String, { nullable: true, description: 'What its release is called, if it says so.' })
  version!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How long the oldest of its events has been waiting for the others to hear of it, in seconds, if it says so.',
  })
  eventLagSeconds!: number | null;

  @Field(() => DateTime, { description: 'When it was asked.' })
  checkedAt!: Date;
}
