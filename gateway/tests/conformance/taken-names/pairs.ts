import type { Feature } from '../feature.js';
import { subgraphs } from './subgraphs.js';

export const takenNames: Feature = {
  subgraphs,
  pairs: {
    'another field under the name of the key': {
      query: '{ houses { id: street due } }',
      data: {
        houses: [
          { id: 'Elm', due: 'May' },
          { id: 'Oak', due: 'June' },
        ],
      },
    },
    'the key under a name of its own beside it': {
      query: '{ houses { key: id id: street due } }',
      data: {
        houses: [
          { key: 'h1', id: 'Elm', due: 'May' },
          { key: 'h2', id: 'Oak', due: 'June' },
        ],
      },
    },
    'a field of the other subgraph under the name of the key': {
      query: '{ houses { id: due street } }',
      data: {
        houses: [
          { id: 'May', street: 'Elm' },
          { id: 'June', street: 'Oak' },
        ],
      },
    },
    'another field under the name of a required one': {
      query: '{ houses { rooms: street tax } }',
      data: {
        houses: [
          { rooms: 'Elm', tax: 40 },
          { rooms: 'Oak', tax: 0 },
        ],
      },
    },
    'a field of the other subgraph under the name of a required one': {
      query: '{ houses { tax rooms: due } }',
      data: {
        houses: [
          { tax: 40, rooms: 'May' },
          { tax: 0, rooms: 'June' },
        ],
      },
    },
    'the name of the type under the name of a required field': {
      query: '{ houses { rooms: __typename tax } }',
      data: {
        houses: [
          { rooms: 'House', tax: 40 },
          { rooms: 'House', tax: 0 },
        ],
      },
    },
    'a leaf under the name of a required object': {
      query: '{ houses { plot: street ground } }',
      data: {
        houses: [
          { plot: 'Elm', ground: 180 },
          { plot: 'Oak', ground: 160 },
        ],
      },
    },
    'names swapped': {
      query: '{ houses { rooms: id id: rooms tax due } }',
      data: {
        houses: [
          { rooms: 'h1', id: 4, tax: 40, due: 'May' },
          { rooms: 'h2', id: 0, tax: 0, due: 'June' },
        ],
      },
    },
    'names taken inside a required object': {
      query: '{ houses { plot { area: id soil id: area } ground } }',
      data: {
        houses: [
          { plot: { area: 'x1', soil: 'clay', id: 90 }, ground: 180 },
          { plot: { area: 'x2', soil: 'sand', id: 80 }, ground: 160 },
        ],
      },
    },
    'names taken in fragments on an interface': {
      query: '{ dwellings { id: street ...More } } fragment More on House { rooms: due tax }',
      data: {
        dwellings: [
          { id: 'Elm', rooms: 'May', tax: 40 },
          { id: 'Oak', rooms: 'June', tax: 0 },
        ],
      },
    },
    'names taken and then left out': {
      query: 'query ($no: Boolean = false) { houses { id: street @include(if: $no) due } }',
      data: { houses: [{ due: 'May' }, { due: 'June' }] },
    },
  },
};
