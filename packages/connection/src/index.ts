export { connectionFrom, counted, pageOf } from './page.js';
export type { Connection, Edge, Page } from './page.js';
export { decodeCursor, encodeCursor } from './cursor.js';
export type { CursorKey, CursorPart } from './cursor.js';
export {
  ConnectionArguments,
  PageInfoType,
  connectionType,
  countedConnectionType,
} from './connection.type.js';
