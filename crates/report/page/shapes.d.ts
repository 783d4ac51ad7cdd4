// What a page has in it, as `src/page/mod.rs` writes it: what is said of the table (`Facts`), and its rows
// (`Packed`).

export type Reach = "public" | "external" | "organization" | "internal" | "unknown";
export type Right = "write" | "read" | "other";

/** What is said of the table. */
export interface Facts {
  title: string;
  /** What a reader must know first, where there is no overview. */
  lines: string[];
  /** What it is of: when it was read, of whom. */
  begins: string[];
  /** Counts, each after its name. */
  totals: [string, string][];
  /** What could not be read. */
  not_read: NotRead | null;
  /** The same in other languages, by their codes. */
  translations: Record<string, Said>;
  overview: Overview | null;
  /** The language that was asked for; the reader's own where there is none. */
  language: string | null;
  rows_in_page: number;
  /** More than are in the page, where its bound left some out. */
  rows_of: number;
}

/** What is said in one language. */
export type Said = Pick<Facts, "title" | "lines" | "totals">;

export interface NotRead {
  columns: string[];
  rows: string[][];
}

/** What an exposure report comes to: `Overview` of the jobs, and what the program says beside it. */
export interface Overview {
  org: { id: number | string };
  begins: Begins;
  accesses: number;
  open_to_everybody: { resources: number; for_writing: number };
  tiles: Tile[];
  owners: OwnerShare[];
  departments: DepartmentShare[];
  outside: OutsideShare[];
  stale: Stale;
  /** What is new and gone since an earlier report, where one was compared. */
  change: Change | null;
  /** How many of all accesses the table has, where a filter left others out. */
  selection?: { rows: number; of: number };
}

/** Of what, of when and of whom the report is. */
export interface Begins {
  org: number | string;
  read_at: string;
  /** How many were left out. */
  robots: number;
  /** How many people come from a journal, and from when on. */
  resumed: { people: number; from: string } | null;
}

export interface Tile {
  reach: Reach;
  right: Right;
  accesses: number;
}

export interface OwnerShare {
  email: string;
  public: number;
  external: number;
}

export interface DepartmentShare {
  name: string | null;
  public: number;
  external: number;
}

export interface OutsideShare {
  who: string;
  accesses: number;
}

export interface Stale {
  owner_blocked: number;
  owner_dismissed: number;
  unchanged_for_a_year: number;
  without_end: number;
}

export interface Counts {
  new: number;
  gone: number;
  changed: number;
  widened: number;
}

export interface Change extends Counts {
  warnings: string[];
  /** The warnings in other languages, by their codes. */
  translations: Record<string, string[]>;
}

/** The rows of a table: of each column every text stands once, and each row says which one it has. */
export interface Packed {
  count: number;
  columns: PackedColumn[];
}

export interface PackedColumn {
  name: string;
  words: string[];
  cells: number[];
}
