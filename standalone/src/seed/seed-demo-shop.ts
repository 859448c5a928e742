import { seedAccounts } from '@storegraph/accounts/seed';
import { DEMO_PASSWORD } from '../demo/people.js';
import { generateDemoShop } from '../demo/demo-shop.js';
import type { Domains } from '../domains.js';
import type { Progress } from '../progress.js';

/** Fills an empty shop with the demonstration data; a shop that has it is left as it is. */
export async function seedDemoShop(domains: Domains, progress: Progress): Promise<void> {
  const shop = generateDemoShop();
  await progress('Registering people', () =>
    seedAccounts(
      domains.accounts.deps,
      shop.people.map((person) => ({
        key: person.email,
        email: person.email,
        password: DEMO_PASSWORD,
        role: person.role,
      })),
    ),
  );
}
