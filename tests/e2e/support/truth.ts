/** What the exports of the invented practice Harborview Orthopedics really hold. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/exports');

interface FileTruth {
  readonly data_rows: number;
  readonly valid_referrals: number;
  readonly valid_contacts?: number;
  readonly rejected_rows: number;
  readonly possible_duplicates?: readonly object[];
  readonly referrers: Readonly<Record<string, { readonly name: string }>>;
}

const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as {
  readonly practice: string;
  readonly files: Readonly<Record<string, FileTruth>>;
};

/** One export and the counts that an import of it must end with. */
export interface Export {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
  readonly referrals: number;
  readonly rejected: number;
  readonly possibleDuplicates: number;
  /** Contacts are partners and people; they bring no referral. */
  readonly contacts: boolean;
}

/** The exports in the order in which the practice hands them over. */
export const exports: readonly Export[] = Object.entries(truth.files).map(([name, file]) => ({
  name,
  path: join(folder, name),
  rows: file.data_rows,
  referrals: file.valid_referrals,
  rejected: file.rejected_rows,
  possibleDuplicates: file.possible_duplicates?.length ?? 0,
  contacts: file.valid_contacts !== undefined,
}));

export const practiceName = truth.practice;

/** Everybody who refers, by full name. */
export const referrers: readonly string[] = [
  ...new Set(Object.values(truth.files).flatMap((file) => Object.values(file.referrers).map(({ name }) => name))),
];
