import type { DemoCategory } from './demo-data.js';
import { DEPARTMENTS } from './departments.js';

/** The category tree, three levels deep, parents before children. */
export const DEMO_CATEGORIES: readonly DemoCategory[] = DEPARTMENTS.flatMap((department, departmentAt) => [
  category(department, { parentSlug: null, depth: 0, position: departmentAt }),
  ...department.groups.flatMap((group, groupAt) => [
    category(group, { parentSlug: department.slug, depth: 1, position: groupAt }),
    ...group.types.map((type, typeAt) =>
      category(type, { parentSlug: group.slug, depth: 2, position: typeAt }),
    ),
  ]),
]);

function category(
  { slug, name, description }: Pick<DemoCategory, 'slug' | 'name' | 'description'>,
  place: Pick<DemoCategory, 'parentSlug' | 'depth' | 'position'>,
): DemoCategory {
  return { slug, name, description, ...place };
}
