import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { MOST_ADDRESSES } from '../src/addresses/address.js';
import { startTown, type Person, type Town } from './people.js';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town[Symbol.asyncDispose]());

const FIELDS = 'id label fullName phone street street2 city state zip country defaultShipping defaultBilling';
const FAILURE = '... on UserError { code path }';
const SAVE = `mutation ($input: SaveAddressInput!) { saveAddress(input: $input) {
  ... on SaveAddressSuccess { address { ${FIELDS} } } ${FAILURE} } }`;
const DELETE = `mutation ($input: DeleteAddressInput!) { deleteAddress(input: $input) {
  ... on DeleteAddressSuccess { deletedId } ${FAILURE} } }`;
const SET_DEFAULT = `mutation ($input: SetDefaultAddressInput!) { setDefaultAddress(input: $input) {
  ... on SetDefaultAddressSuccess { address { id defaultShipping defaultBilling } } ${FAILURE} } }`;
const HOME = {
  fullName: 'Ada Lovelace',
  street: '12 St James Square',
  city: 'London',
  zip: 'SW1Y 4JH',
  country: 'GB',
};

const book = (person: Person) => ({
  save: async (input: object = {}) =>
    (await town.ask(SAVE, { input: { ...HOME, ...input } }, person.viewer)).data['saveAddress'],
  remove: async (id: string) =>
    (await town.ask(DELETE, { input: { id } }, person.viewer)).data['deleteAddress'],
  setDefault: async (id: string, purpose: string) =>
    (await town.ask(SET_DEFAULT, { input: { id, purpose } }, person.viewer)).data['setDefaultAddress'],
  read: async () =>
    (await town.ask(`{ me { addresses { ${FIELDS} } } }`, {}, person.viewer)).data['me'].addresses as {
      id: string;
      city: string;
      defaultShipping: boolean;
      defaultBilling: boolean;
    }[],
});

describe('an address book', () => {
  it('begins with an address for everything, and keeps what is written into it', async () => {
    const { save, read } = book(await town.person());
    const { address } = await save({ label: ' Home ', street2: '', state: null });
    expect(address).toEqual({
      ...HOME,
      id: expect.stringMatching(/^addr_/),
      label: 'Home',
      phone: null,
      street2: null,
      state: null,
      defaultShipping: true,
      defaultBilling: true,
    });
    const changed = await save({ id: address.id, city: 'Oxford', phone: '+44 1865 000000' });
    expect(changed.address).toMatchObject({
      id: address.id,
      city: 'Oxford',
      label: null,
      defaultShipping: true,
    });
    await save({ city: 'Cambridge' });
    expect((await read()).map(({ city, defaultShipping }) => [city, defaultShipping])).toEqual([
      ['Oxford', true],
      ['Cambridge', false],
    ]);
  });

  it('has one default per purpose, even when many are chosen at once', async () => {
    const { save, read, setDefault } = book(await town.person());
    const ids: string[] = [];
    for (let index = 0; index < 4; index += 1) ids.push((await save()).address.id);
    const last = await setDefault(ids[3] ?? '', 'BILLING');
    expect(last.address).toEqual({ id: ids[3], defaultShipping: false, defaultBilling: true });
    await Promise.all([...ids, ...ids].map((id) => setDefault(id, 'SHIPPING')));
    const after = await read();
    expect(after.filter(({ defaultShipping }) => defaultShipping)).toHaveLength(1);
    expect(after.filter(({ defaultBilling }) => defaultBilling).map(({ id }) => id)).toEqual([ids[3]]);
  });

  it('gives up an address, and leaves no default when the default goes', async () => {
    const { save, read, remove } = book(await town.person());
    const { address } = await save();
    await save();
    expect(await remove(address.id)).toEqual({ deletedId: address.id });
    expect(await remove(address.id)).toEqual({ code: 'NOT_FOUND', path: ['input', 'id'] });
    expect((await read()).map(({ defaultShipping }) => defaultShipping)).toEqual([false]);
  });

  it('is nobody else’s to read or change', async () => {
    const owner = await town.person();
    const { address } = await book(owner).save();
    const eve = book(await town.person());
    const missing = { code: 'NOT_FOUND', path: ['input', 'id'] };
    for (const id of [address.id, newId('address'), 'nonsense\0']) {
      expect(await eve.save({ id, city: 'Elsewhere' })).toEqual(missing);
      expect(await eve.setDefault(id, 'SHIPPING')).toEqual(missing);
      expect(await eve.remove(id)).toEqual(missing);
    }
    expect(await book(owner).read()).toMatchObject([
      { id: address.id, city: 'London', defaultShipping: true },
    ]);
    expect((await town.ask(SAVE, { input: HOME })).code).toBe('UNAUTHENTICATED');
  });

  it('holds so many addresses and no more, however they arrive', async () => {
    const { save, read } = book(await town.person());
    const answers = await Promise.all(Array.from({ length: MOST_ADDRESSES + 4 }, () => save()));
    expect(answers.filter((answer) => answer.code === 'INVALID_INPUT')).toHaveLength(4);
    expect(await read()).toHaveLength(MOST_ADDRESSES);
  });

  it.each([
    ['fullName', { fullName: ' ' }],
    ['street', { street: 'x'.repeat(256) }],
    ['city', { city: '' }],
    ['zip', { zip: '1' }],
    ['zip', { zip: '1\n2' }],
    ['phone', { phone: 'none' }],
    ['label', { label: 'x'.repeat(61) }],
  ])('names %s when %j breaks a rule', async (field, input) => {
    expect(await book(await town.person()).save(input)).toEqual({
      code: 'INVALID_INPUT',
      path: ['input', field],
    });
  });
});
