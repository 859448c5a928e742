import { Directive } from 'type-graphql';

type Rules = readonly (readonly string[])[];
type AnyDecorator = ReturnType<typeof Directive>;

const list = (rules: Rules) =>
  `[${rules.map((all) => `[${all.map((one) => JSON.stringify(one)).join(', ')}]`).join(', ')}]`;

/** `@key`: the fields that identify an entity across subgraphs (Federation specification, `@key`). */
export const Key = (fields: string, options: { resolvable?: boolean } = {}): AnyDecorator =>
  Directive(
    options.resolvable === false
      ? `@key(fields: "${fields}", resolvable: false)`
      : `@key(fields: "${fields}")`,
  );

/** `@shareable`: several subgraphs may resolve this type or field alike. */
export const Shareable = (): AnyDecorator => Directive('@shareable');

/** `@external`: the field is another subgraph's, needed here as a key or requirement. */
export const External = (): AnyDecorator => Directive('@external');

/** `@inaccessible`: for services of the platform only, absent from the public graph. */
export const Inaccessible = (): AnyDecorator => Directive('@inaccessible');

/** Anyone may ask. Spelled out, so that a root field without a rule is a mistake a check can find. */
export const Public = (): AnyDecorator => Directive('@tag(name: "public")');

/**
 * Every event of the subscription is news: who begins to listen later has missed nothing that was meant for them, so the
 * gateway may let them join those who listen already. Not for one that begins with how things are.
 */
export const News = (): AnyDecorator => Directive('@tag(name: "news")');

/**
 * The field tries a credential: a password, a token, a code. The gateway counts each use against the network it came
 * from, aliases one by one.
 */
export const Attempt = (): AnyDecorator => Directive('@tag(name: "attempt")');

/** `@authenticated`: any signed-in viewer. */
export const Authenticated = (): AnyDecorator => Directive('@authenticated');

/** `@requiresScopes`: an outer "or" of inner "and"s. */
export const RequiresScopes = (scopes: Rules): AnyDecorator =>
  Directive(`@requiresScopes(scopes: ${list(scopes)})`);

/** `@policy`: ownership rules, decided by the subgraph that holds the object; an outer "or" of inner "and"s. */
export const Policy = (policies: Rules): AnyDecorator => Directive(`@policy(policies: ${list(policies)})`);

/** `@cost`: points one use of the field costs (IBM GraphQL cost specification). */
export const Cost = (weight: number): AnyDecorator => Directive(`@cost(weight: ${weight})`);

/** `@listSize` of a Relay connection: as many edges as `first` asks for. */
export const ConnectionSize = (): AnyDecorator =>
  Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)',
  );

/** `@listSize` of a plain list: as many items as `first` asks for. */
export const SlicedSize = (): AnyDecorator =>
  Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)');

/** `@listSize` of a list that is short by nature. */
export const AssumedSize = (size: number): AnyDecorator => Directive(`@listSize(assumedSize: ${size})`);

/**
 * `@cacheControl`: how long an answer may be kept, in seconds, and for whom (Apollo's "cache hints").
 *
 * @param hint.scope `PRIVATE` keeps it for one viewer. @default 'PUBLIC'
 * @param hint.inheritMaxAge as long as what it belongs to, for parts that change with their whole
 */
export const CacheControl = (hint: {
  maxAge?: number;
  scope?: 'PUBLIC' | 'PRIVATE';
  inheritMaxAge?: true;
}): AnyDecorator =>
  Directive(
    `@cacheControl(${Object.entries(hint)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ')})`,
  );
