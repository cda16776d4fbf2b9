// Reads one TypeScript file as the architecture test sees it: which modules it reaches for, and which words of the language it uses.
// The parser is the one that Vite bundles with, so that what is checked is what is built. Nothing here knows the rules themselves.

import { type ESTree, parseSync, Visitor } from "vite";

/** A use of something, and the line it stands on (from 1). */
export interface Use {
  readonly name: string;
  readonly line: number;
}

export interface SourceText {
  /** Specifiers of `import`, `export ... from`, `import()`, `import("...").Type` and `new URL("...", import.meta.url)`. */
  readonly imports: readonly Use[];
  /** Imports whose target is not a literal, so that nobody can say where they lead. */
  readonly unreadableImports: readonly Use[];
  /** Every name that is not a property, a key or the far side of an import or export: what a global would be reached by. */
  readonly names: readonly Use[];
  /** Names of properties that are read, written or called: `localeCompare` in `a.localeCompare(b)`. */
  readonly properties: readonly Use[];
  /** What is taken from Math, by name; `Math` alone if it is handed on, taken apart or read by a computed name. */
  readonly maths: readonly Use[];
  /** `**` and `**=`, except between big integers, where they are exact. */
  readonly powers: readonly Use[];
  /** `async` and `await` in all their forms. */
  readonly waits: readonly Use[];
  /** `as any`, `as unknown as`, and comments that silence the type checker. */
  readonly escapes: readonly Use[];
}

export function readSourceText(file: string, text: string): SourceText {
  const { program, comments, errors } = parseSync(file, text, { lang: file.endsWith("x") ? "tsx" : "ts" });
  const [firstError] = errors;
  if (firstError !== undefined) throw new Error(`${file} cannot be parsed: ${firstError.message}`);

  const lines = new LineCounter(text);
  const found = {
    imports: [] as Use[],
    unreadableImports: [] as Use[],
    names: [] as Use[],
    properties: [] as Use[],
    maths: [] as Use[],
    powers: [] as Use[],
    waits: [] as Use[],
    escapes: [] as Use[],
  };
  const note = (list: Use[], name: string, at: { readonly start: number }) =>
    list.push({ name, line: lines.lineAt(at.start) });
  const noteImport = (source: ESTree.Node, how: string) => {
    const specifier = literalText(source);
    if (specifier === undefined) note(found.unreadableImports, how, source);
    else note(found.imports, specifier, source);
  };
  const noteWait = (node: { readonly start: number; readonly async: boolean }) => {
    if (node.async) note(found.waits, "async", node);
  };

  // Parents are visited before their children, so a parent can say here that a name below it refers to nothing outside.
  const notReferences = new Set<ESTree.Node>();
  const ofMath = new Set<ESTree.Node>();
  const keyed = (node: { readonly key: ESTree.Node; readonly computed: boolean }) => {
    if (!node.computed) notReferences.add(node.key);
  };

  new Visitor({
    ImportDeclaration: (node) => noteImport(node.source, "import"),
    ExportAllDeclaration: (node) => {
      noteImport(node.source, "export");
      if (node.exported !== null) notReferences.add(node.exported);
    },
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) noteImport(node.source, "export");
      for (const specifier of node.specifiers) {
        notReferences.add(specifier.exported);
        if (node.source !== null) notReferences.add(specifier.local);
      }
    },
    ImportSpecifier: (node) => {
      notReferences.add(node.imported);
    },
    ImportExpression: (node) => noteImport(node.source, "import()"),
    TSImportType: (node) => {
      noteImport(node.source, "import type");
      if (node.qualifier !== null) notReferences.add(node.qualifier);
    },
    NewExpression: (node) => {
      const [address, base] = node.arguments;
      if (isNamed(node.callee, "URL") && address !== undefined && base !== undefined && isImportMeta(base, "url")) {
        noteImport(address, "new URL(..., import.meta.url)");
      }
    },
    MemberExpression: (node) => {
      if (isImportMeta(node, "glob")) note(found.unreadableImports, "import.meta.glob", node);
      if (node.computed) {
        const literal = literalText(node.property);
        if (literal !== undefined) note(found.properties, literal, node.property);
        return;
      }
      if (node.property.type !== "Identifier") return;
      notReferences.add(node.property);
      note(found.properties, node.property.name, node.property);
      if (isNamed(node.object, "Math")) {
        ofMath.add(node.object);
        note(found.maths, node.property.name, node);
      }
    },
    Property: keyed,
    MethodDefinition: keyed,
    PropertyDefinition: keyed,
    AccessorProperty: keyed,
    TSPropertySignature: keyed,
    TSMethodSignature: keyed,
    TSQualifiedName: (node) => {
      notReferences.add(node.right);
    },
    TSNamedTupleMember: (node) => {
      notReferences.add(node.label);
    },
    MetaProperty: (node) => {
      notReferences.add(node.meta).add(node.property);
    },
    Identifier: (node) => {
      if (notReferences.has(node)) return;
      note(found.names, node.name, node);
      if (node.name === "Math" && !ofMath.has(node)) note(found.maths, "Math", node);
    },
    BinaryExpression: (node) => {
      if (node.operator === "**" && !isBigInteger(node.left) && !isBigInteger(node.right)) {
        note(found.powers, "**", node);
      }
    },
    AssignmentExpression: (node) => {
      if (node.operator === "**=" && !isBigInteger(node.right)) note(found.powers, "**=", node);
    },
    FunctionDeclaration: noteWait,
    FunctionExpression: noteWait,
    ArrowFunctionExpression: noteWait,
    AwaitExpression: (node) => note(found.waits, "await", node),
    ForOfStatement: (node) => {
      if (node.await) note(found.waits, "for await", node);
    },
    TSAsExpression: (node) => {
      if (node.typeAnnotation.type === "TSAnyKeyword") note(found.escapes, "as any", node);
      const inner = withoutParentheses(node.expression);
      if (inner.type === "TSAsExpression" && inner.typeAnnotation.type === "TSUnknownKeyword") {
        note(found.escapes, "as unknown as", node);
      }
    },
  }).visit(program);

  for (const comment of comments) {
    const silencer = /@ts-(?:ignore|nocheck)\b/.exec(comment.value);
    if (silencer !== null) note(found.escapes, silencer[0], comment);
    if (/^\/\s*<reference\b/.test(comment.value)) note(found.unreadableImports, "/// <reference", comment);
  }
  return found;
}

/** Counts lines once per file instead of once per finding. */
class LineCounter {
  private readonly ends: number[] = [];

  constructor(text: string) {
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) this.ends.push(end);
  }

  lineAt(offset: number): number {
    return this.ends.filter((end) => end < offset).length + 1;
  }
}

function literalText(node: ESTree.Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

function isNamed(node: ESTree.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function isImportMeta(node: ESTree.Node, property: string): boolean {
  return (
    node.type === "MemberExpression" &&
    !node.computed &&
    node.object.type === "MetaProperty" &&
    isNamed(node.property, property)
  );
}

function isBigInteger(node: ESTree.Node): boolean {
  return node.type === "Literal" && typeof node.value === "bigint";
}

function withoutParentheses(node: ESTree.Node): ESTree.Node {
  return node.type === "ParenthesizedExpression" ? withoutParentheses(node.expression) : node;
}
