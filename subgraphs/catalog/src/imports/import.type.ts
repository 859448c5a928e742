import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '@storegraph/connection';
import { BigIntText, Key, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { InvalidInput } from '../user-errors.type.js';
import { ImportStatus } from './import-job.js';

registerEnumType(ImportStatus, {
  name: 'ImportStatus',
  description: 'How far an import is.',
  valuesConfig: {
    AWAITING_FILE: { description: 'Its file has not been sent yet.' },
    RECEIVING: { description: 'Its file is on the way.' },
    QUEUED: { description: 'Its file is here; other imports come first.' },
    RUNNING: { description: 'Its products are being imported.' },
    DONE: { description: 'It went through the whole file.' },
    FAILED: { description: 'It stopped; `failure` says why.' },
  },
});

/** How bad a remark is. */
export enum IssueSeverity {
  error = 'error',
  warning = 'warning',
}

registerEnumType(IssueSeverity, {
  name: 'IssueSeverity',
  description: 'How much a remark about a row matters.',
  valuesConfig: {
    error: { description: 'The row, or its product, was left out.' },
    warning: { description: 'It was imported, with the change the remark describes.' },
  },
});

@ObjectType('ImportIssue', { description: 'A remark about a row of an imported file.' })
export class ImportIssueType {
  @Field(() => Int, { description: 'The row as a spreadsheet numbers it: the header is 1.' })
  row!: number;

  @Field(() => Int, { description: 'The line as a text editor numbers it.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'The product of the row.' })
  handle!: string | null;

  @Field(() => String, { nullable: true, description: 'The heading of the column; null for the whole row.' })
  column!: string | null;

  @Field(() => String, { description: 'What is wrong, for programs: `MISSING_PRICE`.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong and what was done about it, for people.' })
  message!: string;

  @Field(() => IssueSeverity, { description: 'How much it matters.' })
  severity!: IssueSeverity;
}

export const { ConnectionType: ImportIssueConnection } = connectionType(() => ImportIssueType, {
  name: 'ImportIssue',
  of: 'remarks',
});

@Key('id')
@ObjectType('ImportJob', { implements: NodeType, description: 'The import of a file of products.' })
export class ImportJobType extends NodeType {
  @Field(() => String, { description: 'What the file is called.' })
  fileName!: string;

  @Field(() => BigIntText, { description: 'How long the file is, in bytes.' })
  bytes!: bigint;

  @Field(() => Boolean, { description: 'Whether it only says what it would do.' })
  dryRun!: boolean;

  @Field(() => ImportStatus, { description: 'How far it is.' })
  status!: ImportStatus;

  @Field(() => Int, {
    nullable: true,
    description: 'How many products the file has; null before it was counted.',
  })
  total!: number | null;

  @Field(() => Int, { description: 'Products looked at so far.' })
  processed!: number;

  @Field(() => Int, { description: 'Products left out as a whole.' })
  failed!: number;

  @Field(() => Int, { description: 'Products that are new.' })
  created!: number;

  @Field(() => Int, { description: 'Products that were changed.' })
  updated!: number;

  @Field(() => Int, { description: 'Products the file says nothing new about.' })
  unchanged!: number;

  @Field(() => Int, { description: 'Variants of the products looked at.' })
  variants!: number;

  @Field(() => Int, { description: 'Remarks about what was left out.' })
  errors!: number;

  @Field(() => Int, { description: 'Remarks about what was imported with a change.' })
  warnings!: number;

  @Field(() => String, { nullable: true, description: 'Why it stopped; null unless it failed.' })
  failure!: string | null;

  @Field(() => Date, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When its first product was looked at.' })
  startedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was done, or failed.' })
  finishedAt!: Date | null;
}

@InputType({ description: "A file of products in Shopify's export format, about to be sent." })
export class BeginProductsImportInput {
  @Field(() => String, { description: 'What it is called, at most 255 characters.' })
  fileName!: string;

  @Field(() => Int, { description: 'How long it is, in bytes; at most 209,715,200.' })
  bytes!: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Only say what would be done.' })
  dryRun!: boolean;
}

@ObjectType({ description: 'The file may be sent.' })
export class BeginProductsImportSuccess {
  @Field(() => ImportJobType, { description: 'The import; watch it with `importProgress`.' })
  job!: ImportJobType;

  @Field(() => String, {
    description: 'Send the file here with HTTP PUT, once. Whoever has the address may.',
  })
  uploadUrl!: string;

  @Field(() => Date, { description: 'Until when the address is good.' })
  expiresAt!: Date;
}

export const BeginProductsImportResult = resultUnion({
  name: 'BeginProductsImportResult',
  description: 'What became of an import to begin.',
  types: () => [BeginProductsImportSuccess, InvalidInput] as const,
});

@InputType({ description: "A few products in Shopify's export format." })
export class ImportProductsInput {
  @Field(() => String, { description: 'The file as text, header included; at most 90,000 characters.' })
  csv!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Only say what would be done.' })
  dryRun!: boolean;
}

@ObjectType({ description: 'The file was gone through.' })
export class ImportProductsSuccess {
  @Field(() => ImportJobType, { description: 'The import, finished.' })
  job!: ImportJobType;
}

export const ImportProductsResult = resultUnion({
  name: 'ImportProductsResult',
  description: 'What became of products to import.',
  types: () => [ImportProductsSuccess, InvalidInput] as const,
});
