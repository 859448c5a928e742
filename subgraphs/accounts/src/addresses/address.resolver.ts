import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  AssumedSize,
  Authenticated,
  checkInput,
  invalidInput,
  notFound,
  Policy,
  requireUser,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { UserType } from '../users/user.type.js';
import { addressDefault, addressDetails, addressId } from './address-input.js';
import { MOST_ADDRESSES, type Address } from './address.js';
import {
  AddressType,
  DeleteAddressInput,
  DeleteAddressResult,
  SaveAddressInput,
  SaveAddressResult,
  SetDefaultAddressInput,
  SetDefaultAddressResult,
} from './address.type.js';
import { deleteAddress } from './delete-address.action.js';
import { saveAddress } from './save-address.action.js';
import { setDefaultAddress } from './set-default-address.action.js';

const unknownAddress = () => notFound(['input', 'id'], 'You have no such address.');

@Resolver(() => UserType)
export class AddressResolver {
  @Policy([['self'], ['staff']])
  @AssumedSize(5)
  @FieldResolver(() => [AddressType], {
    nullable: true,
    description: 'The addresses in the book, oldest first.',
  })
  async addresses(@Root() user: UserType, @Ctx() { loaders }: Context): Promise<Address[]> {
    return loaders.addressesOfUser.load(user.id);
  }

  @Authenticated()
  @Mutation(() => SaveAddressResult, { description: 'Puts an address into your book, or changes one.' })
  async saveAddress(
    @Arg('input', () => SaveAddressInput, { description: 'The address.' }) input: SaveAddressInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(addressDetails, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveAddress(deps, requireUser(viewer).id, checked.value);
    switch (outcome.kind) {
      case 'saved':
        return { __typename: 'SaveAddressSuccess', address: outcome.address };
      case 'not-found':
        return unknownAddress();
      case 'book-full':
        return invalidInput(['input'], `An address book holds at most ${MOST_ADDRESSES} addresses.`);
    }
  }

  @Authenticated()
  @Mutation(() => DeleteAddressResult, { description: 'Takes an address out of your book.' })
  async deleteAddress(
    @Arg('input', () => DeleteAddressInput, { description: 'Which address.' }) input: DeleteAddressInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(addressId, input);
    if (!checked.ok) return checked.problem;
    const { id } = checked.value;
    const outcome = await deleteAddress(deps, { id, userId: requireUser(viewer).id });
    return outcome.kind === 'deleted'
      ? { __typename: 'DeleteAddressSuccess', deletedId: id }
      : unknownAddress();
  }

  @Authenticated()
  @Mutation(() => SetDefaultAddressResult, { description: 'Makes an address the one to begin with.' })
  async setDefaultAddress(
    @Arg('input', () => SetDefaultAddressInput, { description: 'Which address, and for what.' })
    input: SetDefaultAddressInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(addressDefault, input);
    if (!checked.ok) return checked.problem;
    const outcome = await setDefaultAddress(deps, requireUser(viewer).id, checked.value);
    return outcome.kind === 'set'
      ? { __typename: 'SetDefaultAddressSuccess', address: outcome.address }
      : unknownAddress();
  }
}
