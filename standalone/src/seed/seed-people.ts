import { seedAccounts, type SeededAccounts } from '@storegraph/accounts/seed';
import type { DemoShop } from '../demo/demo-data.js';
import { DEMO_PASSWORD } from '../demo/people.js';
import type { Domains } from '../domains.js';
import { minutesBefore } from './moments.js';

/** Who the people of the shop became: ids by e-mail, and of their businesses. */
export type SeededPeople = SeededAccounts;

export function seedPeople({ accounts }: Domains, shop: DemoShop, now: Date): Promise<SeededPeople> {
  return seedAccounts(
    accounts.deps,
    shop.people.map((person) => {
      const seller = shop.sellers.find(({ ownerEmail }) => ownerEmail === person.email);
      return {
        key: person.email,
        email: person.email,
        password: DEMO_PASSWORD,
        firstName: person.firstName,
        lastName: person.lastName,
        phone: person.phone,
        role: person.role,
        registeredAt: minutesBefore(now, person.joinedMinutesAgo),
        addresses: person.addresses,
        seller: seller && { businessName: seller.businessName, slug: seller.slug, about: seller.about },
      };
    }),
  );
}
