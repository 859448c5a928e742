-- A list of one category or brand looks at all that belongs to it, whatever the order: cheap goods are not spread
-- evenly over categories, so walking the index of an order until enough of them have come by may walk it all.
-- Everything such a list sorts by is in the index, so only the products of the page are read from the table.
DROP INDEX products_in_category;
DROP INDEX products_of_brand;

CREATE INDEX products_in_category ON products (category_id)
  INCLUDE (id, units_sold, price_min_minor, created_at, rating) WHERE listed;
CREATE INDEX products_of_brand ON products (brand_id)
  INCLUDE (id, units_sold, price_min_minor, created_at, rating) WHERE listed;
