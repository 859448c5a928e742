import { Prisma, type Database } from '@storegraph/catalog-db';
import type { Option, OptionKind, OptionValue } from './option.js';

export type { Database } from '@storegraph/catalog-db';

type Row = Omit<Option, 'values' | 'kind'> & {
  kind: string;
  valueId: string | null;
  value: string;
  hex: string | null;
  priceAdjustmentMinor: bigint;
  valuePosition: number;
};

/** The options of many products with their values, each in its order, in one statement. */
export async function findOptionsByProducts(db: Database, productIds: readonly string[]): Promise<Option[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT o.id, o.product_id AS "productId", o.kind::text AS kind, o.name, o.required, o.position,
      v.id AS "valueId", v.value, v.hex, v.price_adjustment_minor AS "priceAdjustmentMinor", v.position AS "valuePosition"
    FROM options o LEFT JOIN option_values v ON v.option_id = o.id
    WHERE o.product_id = ANY (${[...productIds]}::text[])
    ORDER BY o.product_id, o.position, o.id, v.position`;
  return gather(rows);
}

function gather(rows: readonly Row[]): Option[] {
  const options = new Map<string, Omit<Option, 'values'> & { values: OptionValue[] }>();
  for (const row of rows) {
    const { id, productId, name, required, position } = row;
    const kind = row.kind as OptionKind;
    const option = options.get(id) ?? { id, productId, kind, name, required, position, values: [] };
    options.set(id, option);
    if (row.valueId === null) continue;
    const { valueId, value, hex, priceAdjustmentMinor, valuePosition } = row;
    option.values.push({
      id: valueId,
      optionId: id,
      value,
      hex,
      priceAdjustmentMinor,
      position: valuePosition,
    });
  }
  return [...options.values()];
}

/** Inserts and updates options and their values by id, whatever their number, in two statements. */
export async function upsertOptions(db: Database, options: readonly Option[]): Promise<void> {
  if (options.length === 0) return;
  await db.$executeRaw`
    INSERT INTO options (id, product_id, kind, name, required, position)
    SELECT id, "productId", kind::option_kind, name, required, position
    FROM jsonb_to_recordset(${JSON.stringify(options.map(withoutValues))}::jsonb)
      AS o (id text, "productId" text, kind text, name text, required boolean, position int)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, required = excluded.required, position = excluded.position`;
  const values = options.flatMap((option) => option.values).map(plain);
  await db.$executeRaw`
    INSERT INTO option_values (id, option_id, value, hex, price_adjustment_minor, position)
    SELECT id, "optionId", value, hex, "priceAdjustmentMinor", position
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      AS v (id text, "optionId" text, value text, hex text, "priceAdjustmentMinor" bigint, position int)
    ON CONFLICT (id) DO UPDATE SET value = excluded.value, hex = excluded.hex, position = excluded.position,
      price_adjustment_minor = excluded.price_adjustment_minor`;
}

function withoutValues({ id, productId, kind, name, required, position }: Option) {
  return { id, productId, kind, name, required, position };
}

/** JSON knows no bigint; PostgreSQL reads the digits of a text as one. */
function plain(value: OptionValue) {
  return { ...value, priceAdjustmentMinor: value.priceAdjustmentMinor.toString() };
}

export async function deleteOptions(
  db: Database,
  gone: { optionIds: readonly string[]; valueIds: readonly string[] },
): Promise<void> {
  if (gone.valueIds.length > 0)
    await db.$executeRaw(
      Prisma.sql`DELETE FROM option_values WHERE id = ANY (${[...gone.valueIds]}::text[])`,
    );
  if (gone.optionIds.length > 0)
    await db.$executeRaw(Prisma.sql`DELETE FROM options WHERE id = ANY (${[...gone.optionIds]}::text[])`);
}
