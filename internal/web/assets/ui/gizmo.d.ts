// Gizmo as kg runs it, for the editor's completion. Every method also has a name that begins with a capital: out and Out; ui.go adds
// those.

/** A node: an IRI in angle brackets ("<kg:Russia>"), or a text. */
type Node = string;

/** Relations to follow: one name, several, a path that ends at them, or null for every one. */
type Via = string | string[] | Path | null;

interface Filter {}

interface Array<T> {
  length: number;
  [index: number]: T;
}

/** A way through the graph. It is followed only when All, Count, ForEach or the like ask for what lies at its end. */
interface Path {
  /** Answers with one row for every way: the node at its end as "id", and all tags. */
  all(): void;
  /** The same for the first ways only. */
  getLimit(limit: number): void;
  /** The number of ways. */
  count(): number;
  /** Calls a function with the row of every way, or of the first ones. */
  forEach(callback: (row: any) => void): void;
  forEach(limit: number, callback: (row: any) => void): void;
  /** The same as forEach. */
  map(callback: (row: any) => void): void;
  map(limit: number, callback: (row: any) => void): void;
  /** The nodes at the end. */
  toArray(limit?: number): string[];
  /** The first node at the end. */
  toValue(): string;
  /** The rows. */
  tagArray(limit?: number): any[];
  /** The first row. */
  tagValue(): any;

  /** Goes from subjects to objects: `g.V("<kg:Russia>").out("<kgo:mediates>")`. The relation taken can be tagged. */
  out(via?: Via, tags?: string | string[]): Path;
  /** Goes from objects to subjects. */
  in(via?: Via, tags?: string | string[]): Path;
  /** Goes either way. */
  both(via?: Via, tags?: string | string[]): Path;
  /** Goes a prepared way: `follow(g.M().out("<kgo:mediates>"))`. */
  follow(path: Path): Path;
  /** Goes it backwards. */
  followR(path: Path): Path;
  /** Goes it again and again, and gives every node on the way. */
  followRecursive(path: Path | string, maxDepth?: number, tags?: string | string[]): Path;
  /** The relations that lead here. */
  inPredicates(): Path;
  /** The relations that lead on. */
  outPredicates(): Path;
  /** The graphs (articles) of the statements about these nodes. */
  labels(): Path;
  /** From here on, statements of these graphs (articles) only; null for all. */
  labelContext(via: Via, tags?: string | string[]): Path;

  /** Only these nodes. */
  is(...nodes: Node[]): Path;
  /** Only nodes from which the relation leads to the node, or to one that fits. */
  has(via: Via, node?: Node | Filter, ...more: (Node | Filter)[]): Path;
  /** Only nodes to which the relation leads from the node. */
  hasR(via: Via, node?: Node | Filter, ...more: (Node | Filter)[]): Path;
  /** Only nodes that fit: `filter(regex("^Astana"))`. */
  filter(...filters: Filter[]): Path;
  /** Ways of both paths. */
  intersect(path: Path): Path;
  /** The same as intersect. */
  and(path: Path): Path;
  /** Ways of either path. */
  union(path: Path): Path;
  /** The same as union. */
  or(path: Path): Path;
  /** Ways whose end the other path does not reach. */
  except(path: Path): Path;
  /** The same as except. */
  difference(path: Path): Path;
  /** Each node once. */
  unique(): Path;
  /** At most so many. */
  limit(limit: number): Path;
  /** Without the first ones. */
  skip(offset: number): Path;
  /** In the order of their names. */
  order(): Path;

  /** Gives the node reached here a name in the rows. */
  tag(...tags: string[]): Path;
  /** The same as tag. */
  as(...tags: string[]): Path;
  /** Back to the node with this tag. */
  back(tag: string): Path;
  /** Tags the object of a relation without going there; nodes without it are left out. */
  save(via: Via, tag: string): Path;
  /** Tags the subject of a relation that leads here. */
  saveR(via: Via, tag: string): Path;
  /** The same as save, but keeps nodes without it. */
  saveOpt(via: Via, tag: string): Path;
  /** The same as saveR, but keeps nodes without it. */
  saveOptR(via: Via, tag: string): Path;
  /** Tags the relations that lead here. */
  saveInPredicates(tag: string): Path;
  /** Tags the relations that lead on. */
  saveOutPredicates(tag: string): Path;
}

interface Graph {
  /** The given nodes, or all: `g.V("<kg:Russia>")` */
  V(...nodes: Node[]): Path;
  /** A way that begins anywhere, to be followed later. */
  M(): Path;
  /** The same as V. */
  Vertex(...nodes: Node[]): Path;
  /** The same as M. */
  Morphism(): Path;
  /** Adds a row of your own to the answer. */
  emit(row: any): void;
  /** The IRI of a name: `g.IRI("kg:Russia")` */
  IRI(name: string): any;
}

/** Where every query begins. */
declare var g: Graph;
/** The same as g. */
declare var graph: Graph;

/** Less than. */
declare function lt(value: number | string): Filter;
/** Less than or equal to. */
declare function lte(value: number | string): Filter;
/** Greater than. */
declare function gt(value: number | string): Filter;
/** Greater than or equal to. */
declare function gte(value: number | string): Filter;
/** Texts that fit a regular expression; IRIs too where the second argument is true. */
declare function regex(expression: string, iris?: boolean): Filter;
/** Texts that fit a pattern with ? for one and * for any number of characters. */
declare function like(pattern: string): Filter;
/** The IRI of a name. */
declare function iri(name: string): any;
