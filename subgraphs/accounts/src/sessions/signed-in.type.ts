import { Field, InterfaceType } from 'type-graphql';
import { UserType } from '../users/user.type.js';

@InterfaceType('SignedIn', {
  description: 'What you get when you are signed in.',
  autoRegisterImplementations: false,
})
export abstract class SignedIn {
  @Field(() => UserType, { description: 'You.' })
  user!: UserType;

  @Field(() => String, {
    description: 'Proves who you are: send it as `Authorization: Bearer …` with every request.',
  })
  accessToken!: string;

  @Field(() => Date, { description: 'When the access token stops working.' })
  accessExpiresAt!: Date;

  @Field(() => String, {
    description:
      'Trade it for new tokens with `refreshSession`. It works once; keep it where no script can read it.',
  })
  refreshToken!: string;
}
