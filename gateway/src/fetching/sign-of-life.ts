import type { IssuedProof, ProofSigner } from '@storegraph/identity';
import { newCorrelationId } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';

const WITHIN_MILLIS = 1_000; // one second

/** Whether a subgraph answers GraphQL within a second. Never rejects. */
export async function isAlive(link: SubgraphLink, proof: IssuedProof): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), WITHIN_MILLIS);
  });
  const answer = link.execute({ query: '{ __typename }', proof, withinMillis: WITHIN_MILLIS }).then(
    ({ data }) => Boolean(data),
    () => false,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Whether a subgraph is ready to work, as far as it can say so itself; alive, where it cannot. Never rejects. */
export async function isReady(link: SubgraphLink, signProof: ProofSigner): Promise<boolean> {
  if (link.isReady) return link.isReady();
  const proof = signProof({
    viewer: { kind: 'service', name: 'gateway' },
    correlationId: newCorrelationId(),
    deadlineAt: Date.now() + WITHIN_MILLIS,
  });
  return isAlive(link, proof);
}
