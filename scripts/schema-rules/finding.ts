/** One place where the graph breaks one of its own rules. */
export interface Finding {
  rule: string;
  /** Schema coordinate, with the subgraph in front where that matters: `reviews Product.rating`. */
  at: string;
  message: string;
}
