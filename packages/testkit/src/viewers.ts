import { ANONYMOUS, scopesOf, type Role, type UserViewer, type Viewer } from '@storegraph/identity';
import { newId } from '@storegraph/ids';

const person = (role: Role, given: Partial<UserViewer>): UserViewer => ({
  kind: 'user',
  id: newId('user'),
  role,
  scopes: scopesOf(role),
  sessionId: newId('session'),
  sellerId: null,
  ...given,
});

/** Somebody who has not signed in. */
export const guest: Viewer = ANONYMOUS;

/** A customer, new each time unless told who. */
export const shopper = (given: Partial<UserViewer> = {}): UserViewer => person('customer', given);

/** Somebody who sells, for a new seller unless told which. */
export const seller = (given: Partial<UserViewer> = {}): UserViewer =>
  person('seller', { sellerId: newId('seller'), ...given });

export const staff = (given: Partial<UserViewer> = {}): UserViewer => person('staff', given);

export const admin = (given: Partial<UserViewer> = {}): UserViewer => person('admin', given);

/** Another service of the platform. */
export const service = (name: string): Viewer => ({ kind: 'service', name });
