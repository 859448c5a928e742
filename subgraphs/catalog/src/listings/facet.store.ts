import { Prisma, type Database } from '@storegraph/catalog-db';
import { priceSteps, type FacetCount } from './facet.js';
import { chosenConditions, fixedConditions } from './listing-conditions.store.js';
import type { ProductFilter } from './product-list.js';

export type { Database } from '@storegraph/catalog-db';

const MOST_VALUES = 50;

/**
 * What the products of a list have in common, in one statement. The values of a facet are counted as if none of that
 * facet were chosen: who has chosen one brand still sees what another would add. Products alike are counted once.
 */
export function countFacets(db: Database, filter: ProductFilter, currency: string): Promise<FacetCount[]> {
  const chosen = chosenConditions(filter);
  const steps = priceSteps(currency);
  return db.$queryRaw<FacetCount[]>`
    WITH fitting AS MATERIALIZED (
      SELECT p.category_id, p.brand_id, p.tags, p.option_terms, p.price_min_minor,
        ${chosen.brand} AS brand_fits, ${chosen.tag} AS tag_fits, ${chosen.price} AS price_fits,
        ${chosen.option} AS option_fits
      FROM products p WHERE ${Prisma.join(fixedConditions(filter), ' AND ')}
    ), counts AS (
      (SELECT 1 AS place, 'category' AS facet, category_id AS value, count(*) AS count FROM fitting
        WHERE brand_fits AND tag_fits AND price_fits AND option_fits AND category_id IS NOT NULL
        GROUP BY category_id ORDER BY 4 DESC, 3 LIMIT ${MOST_VALUES})
      UNION ALL (SELECT 2, 'brand', brand_id, count(*) FROM fitting
        WHERE tag_fits AND price_fits AND option_fits AND brand_id IS NOT NULL
        GROUP BY brand_id ORDER BY 4 DESC, 3 LIMIT ${MOST_VALUES})
      UNION ALL (SELECT 3, 'price', width_bucket(price_min_minor, ${steps}::bigint[])::text, count(*) FROM fitting
        WHERE brand_fits AND tag_fits AND option_fits GROUP BY 3)
      UNION ALL (SELECT 4, 'option', term, sum(count)::bigint FROM (
          SELECT option_terms, count(*) AS count FROM fitting
          WHERE brand_fits AND tag_fits AND price_fits GROUP BY option_terms
        ) AS alike, unnest(option_terms) AS term GROUP BY term ORDER BY 4 DESC, 3 LIMIT ${MOST_VALUES * 4})
      UNION ALL (SELECT 5, 'tag', tag, sum(count)::bigint FROM (
          SELECT tags, count(*) AS count FROM fitting
          WHERE brand_fits AND price_fits AND option_fits GROUP BY tags
        ) AS alike, unnest(tags) AS tag GROUP BY tag ORDER BY 4 DESC, 3 LIMIT ${MOST_VALUES})
    )
    SELECT facet, value, coalesce(b.name, c.name, value) AS label, count::int AS count
    FROM counts LEFT JOIN brands b ON facet = 'brand' AND b.id = value
      LEFT JOIN categories c ON facet = 'category' AND c.id = value
    ORDER BY place, CASE WHEN facet = 'price' THEN lpad(value, 4, '0') END, count DESC, label`;
}
