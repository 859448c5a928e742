import type { DepartmentTable, ProductTypeTable } from './department-table.js';
import { APPAREL } from './departments/apparel.js';
import { AUDIO_DESK } from './departments/audio-desk.js';
import { CYCLING } from './departments/cycling.js';
import { GARDEN } from './departments/garden.js';
import { HOME_KITCHEN } from './departments/home-kitchen.js';
import { KIDS_PLAY } from './departments/kids-play.js';
import { OUTDOOR } from './departments/outdoor.js';

/** The departments of the shop in the order of its menu. */
export const DEPARTMENTS: readonly DepartmentTable[] = [
  CYCLING,
  OUTDOOR,
  HOME_KITCHEN,
  AUDIO_DESK,
  APPAREL,
  GARDEN,
  KIDS_PLAY,
];

/** A kind of product with the department it belongs to. */
export interface DepartmentType {
  department: DepartmentTable;
  type: ProductTypeTable;
}

export const DEPARTMENT_TYPES: readonly DepartmentType[] = DEPARTMENTS.flatMap((department) =>
  department.groups.flatMap((group) => group.types.map((type) => ({ department, type }))),
);
