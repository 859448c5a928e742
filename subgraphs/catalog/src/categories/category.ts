/** A category in the nested set: its subtree is every category whose `lft` lies within its own `lft` and `rgt`. */
export type Category = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly parentId: string | null;
  readonly lft: number;
  readonly rgt: number;
  /** 0 for a root. */
  readonly depth: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
