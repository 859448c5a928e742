import type { DemoAddress, DemoPerson } from './demo-data.js';
import { CUSTOMER_NAMES, PLACES, type CountryCode } from './people-names.js';
import { randomFrom, type SeededRandom } from './seeded-random.js';

/** The password of every demonstration login. Never valid outside demonstration data. */
export const DEMO_PASSWORD = 'storegraph-demo';

const DAY_MINUTES = 24 * 60;

const TEAM: readonly Pick<DemoPerson, 'email' | 'firstName' | 'lastName' | 'role'>[] = [
  { email: 'admin@storegraph.test', firstName: 'Ada', lastName: 'Winterbourne', role: 'admin' },
  { email: 'staff@storegraph.test', firstName: 'Tomas', lastName: 'Lindgren', role: 'staff' },
  { email: 'staff2@storegraph.test', firstName: 'Priya', lastName: 'Raman', role: 'staff' },
  { email: 'seller@storegraph.test', firstName: 'Maren', lastName: 'Gatewood', role: 'seller' },
  { email: 'seller2@storegraph.test', firstName: 'Oona', lastName: 'Fairchild', role: 'seller' },
];

/** Everybody with an account: the team first, then forty customers; the first of them is the demonstration shopper. */
export function generatePeople(seed: string): DemoPerson[] {
  const team = TEAM.map((person): DemoPerson => {
    const random = randomFrom(`${seed}/person/${person.email}`);
    const address = composeAddress(random, { ...person, country: 'US', label: 'Work' });
    return { ...person, phone: address.phone, addresses: [address], joinedMinutesAgo: 500 * DAY_MINUTES };
  });
  const customers = CUSTOMER_NAMES.map(([firstName, lastName, country], at): DemoPerson => {
    const email = at === 0 ? 'shopper@storegraph.test' : emailOf(firstName, lastName);
    const random = randomFrom(`${seed}/person/${email}`);
    const home = composeAddress(random, { firstName, lastName, country, label: 'Home' });
    const work = composeAddress(random, { firstName, lastName, country, label: 'Work' });
    const addresses = at === 0 || random.chance(0.35) ? [home, work] : [home];
    return {
      ...{ email, firstName, lastName, role: 'customer', phone: home.phone, addresses },
      joinedMinutesAgo: random.int(200, 460) * DAY_MINUTES,
    };
  });
  return [...team, ...customers];
}

function emailOf(firstName: string, lastName: string): string {
  const plain = `${firstName}.${lastName}`
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  return `${plain.replace(/[^a-z.]/g, '')}@mail.test`;
}

function composeAddress(
  random: SeededRandom,
  who: { firstName: string; lastName: string; country: CountryCode; label: string },
): DemoAddress {
  const { streets, cities, phone, isNumberFirst, flat } = PLACES[who.country];
  const [city, state, zip] = random.pick(cities);
  const street = random.pick(streets);
  const number = random.int(2, 148);
  return {
    label: who.label,
    fullName: `${who.firstName} ${who.lastName}`,
    phone: phone.replaceAll('#', () => String(random.int(0, 9))),
    street: isNumberFirst ? `${number} ${street}` : `${street} ${number}`,
    street2: random.chance(0.2) ? `${flat} ${random.int(1, 24)}` : null,
    ...{ city, state, zip, country: who.country },
  };
}
