import { publish, sellerDecided, userRegistered } from '@storegraph/events';
import type { Role } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import type { Address, AddressDetails } from './addresses/address.js';
import { insertAddresses } from './addresses/address.store.js';
import type { Deps } from './context.js';
import { NEW_SELLER_COMMISSION_BASIS_POINTS, SellerStatus, slugOf, type Seller } from './sellers/seller.js';
import { findSellersByOwners, insertSellers } from './sellers/seller.store.js';
import { displayNameOf, emailKeyOf, NO_PREFERENCES, UserStatus } from './users/user.js';
import { findIdsByEmails, insertAccounts, type NewAccount } from './users/user.store.js';

/** Somebody to put into the shop. */
export type SeedPerson = {
  /** What the caller calls them; ids are answered under it. */
  readonly key: string;
  readonly email: string;
  /** Hashed once however many people share it. */
  readonly password: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly displayName?: string;
  readonly phone?: string;
  /** @default 'customer', or 'seller' for the owner of a verified business */
  readonly role?: Role;
  readonly registeredAt?: Date;
  /** The first is the default for everything. */
  readonly addresses?: readonly SeedAddress[];
  readonly seller?: SeedSeller;
};

export type SeedAddress = Pick<AddressDetails, 'street' | 'city' | 'zip' | 'country'> &
  Partial<AddressDetails>;

export type SeedSeller = {
  readonly businessName: string;
  /** @default made from the name */
  readonly slug?: string;
  readonly about?: string;
  readonly taxId?: string;
  /** @default VERIFIED */
  readonly status?: SellerStatus;
};

/** Ids by the keys of the people asked for, whether they were made now or were there before. */
export type SeededAccounts = {
  readonly userIds: Readonly<Record<string, string>>;
  readonly sellerIds: Readonly<Record<string, string>>;
};

type Newcomer = { readonly person: SeedPerson; readonly account: NewAccount; readonly seller: Seller | null };

/** Bounds the parameters of one statement. */
const BATCH = 500;

/**
 * Puts people into the shop: accounts, addresses and businesses, with the events that announce them. Whoever
 * has an account by their e-mail address already is left as they are, so it can be run again and again.
 *
 * @throws when two people share a slug; the batches before stay
 */
export async function seedAccounts(deps: Deps, people: readonly SeedPerson[]): Promise<SeededAccounts> {
  const hashes = new Map<string, Promise<string>>();
  const hashOnce = (password: string) => {
    const hash = hashes.get(password) ?? deps.passwords.hash(password);
    hashes.set(password, hash);
    return hash;
  };
  const userIds: Record<string, string> = {};
  const sellerIds: Record<string, string> = {};
  for (let start = 0; start < people.length; start += BATCH) {
    const batch = people.slice(start, start + BATCH);
    const known = await findIdsByEmails(
      deps.prisma,
      batch.map(({ email }) => emailKeyOf(email)),
    );
    const missing = batch.filter(({ email }) => !known.has(emailKeyOf(email)));
    const newcomers = await Promise.all(
      missing.map(async (person) => newcomerOf(person, await hashOnce(person.password), deps.now())),
    );
    await settleIn(deps, newcomers);
    for (const { account } of newcomers) known.set(account.emailKey, account.id);

    const keys = new Map(batch.map(({ key, email }) => [known.get(emailKeyOf(email)) ?? '', key]));
    for (const [id, key] of keys) userIds[key] = id;
    for (const seller of await findSellersByOwners(deps.prisma, [...keys.keys()]))
      sellerIds[keys.get(seller.ownerId) ?? ''] = seller.id;
  }
  return { userIds, sellerIds };
}

async function settleIn({ prisma }: Deps, newcomers: readonly Newcomer[]): Promise<void> {
  if (newcomers.length === 0) return;
  const sellers = newcomers.flatMap(({ seller }) => seller ?? []);
  await prisma.$transaction(async (tx) => {
    await insertAccounts(
      tx,
      newcomers.map(({ account }) => account),
    );
    await insertAddresses(tx, newcomers.flatMap(addressesOf));
    await insertSellers(tx, sellers);
    await publish(
      tx,
      ...newcomers.map(({ account: { id, displayName } }) =>
        userRegistered({ aggregateId: id, data: { userId: id, displayName } }),
      ),
      ...sellers
        .filter(({ status }) => status !== SellerStatus.APPLIED)
        .map(({ id, ownerId, status }) =>
          sellerDecided({ aggregateId: id, data: { sellerId: id, userId: ownerId, status } }),
        ),
    );
  });
}

function newcomerOf(person: SeedPerson, passwordHash: string, now: Date): Newcomer {
  const createdAt = person.registeredAt ?? now;
  const seller = person.seller ? { status: SellerStatus.VERIFIED, ...person.seller } : null;
  const names = { firstName: person.firstName ?? null, lastName: person.lastName ?? null };
  const account: NewAccount = {
    id: newId('user'),
    email: person.email,
    emailKey: emailKeyOf(person.email),
    passwordHash,
    ...names,
    displayName: person.displayName ?? displayNameOf(names),
    phone: person.phone ?? null,
    role: person.role ?? (seller?.status === SellerStatus.VERIFIED ? 'seller' : 'customer'),
    status: UserStatus.ACTIVE,
    emailVerified: true,
    preferences: NO_PREFERENCES,
    createdAt,
    updatedAt: createdAt,
  };
  return { person, account, seller: seller && sellerOf(account, seller) };
}

function sellerOf(owner: NewAccount, seller: SeedSeller & { status: SellerStatus }): Seller {
  return {
    id: newId('seller'),
    ownerId: owner.id,
    slug: seller.slug ?? slugOf(seller.businessName),
    businessName: seller.businessName,
    about: seller.about ?? null,
    taxId: seller.taxId ?? 'not given',
    status: seller.status,
    statusReason: null,
    commissionBasisPoints: NEW_SELLER_COMMISSION_BASIS_POINTS,
    verifiedAt: seller.status === SellerStatus.VERIFIED ? owner.createdAt : null,
    createdAt: owner.createdAt,
    updatedAt: owner.createdAt,
  };
}

function addressesOf({ person, account }: Newcomer): Address[] {
  return (person.addresses ?? []).map((address, index) => ({
    label: null,
    fullName: [account.firstName, account.lastName].filter(Boolean).join(' ') || account.displayName,
    phone: account.phone,
    street2: null,
    state: null,
    ...address,
    id: newId('address'),
    userId: account.id,
    defaultShipping: index === 0,
    defaultBilling: index === 0,
    createdAt: account.createdAt,
    updatedAt: account.createdAt,
  }));
}
