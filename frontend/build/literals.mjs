/**
 * Finds text that people see and that is in no catalog: words between tags, in the attributes that
 * are read out or shown, and sentences in the code. Prints where it stands; exits with 1 if any does.
 */

import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

const SHOWN = new Set(
  "alt aria-description aria-label aria-roledescription aria-valuetext caption empty heading hint label legend placeholder summary title".split(
    " ",
  ),
);
const WORD = /\p{L}{2}/u;
/** Names: of the product, languages, keys of the keyboard, headers, and what browsers call things. */
const NAMES = new Set(
  "Dayline English Deutsch Українська Ctrl Esc Escape Enter Tab Date Link Files Content-Type Idempotency-Key".split(
    " ",
  ),
);
/** One word that begins as a sentence does, or three. */
const SENTENCE = /^\p{Lu}\p{Ll}+(?:[ ,.…:’'!?-]|$)|\p{L}{2,} \p{L}+ \p{L}{2,}/u;

const COMPARING = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.d\.ts$|fixtures|test-/.test(path))
  .map((path) => `src/${path}`);

function literalsIn(path) {
  const text = readFileSync(path, "utf8");
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const found = [];
  const visit = (node) => {
    const words = wordsOf(node);
    if (words) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1}: ${words}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The visible text that a node is; null for all others. */
function wordsOf(node) {
  const text = textOf(node)?.trim();
  if (!text || NAMES.has(text) || isForDevelopers(node)) return null;
  const attribute = attributeOf(node);
  if (attribute === "class") return null;
  const pattern = ts.isJsxText(node) || SHOWN.has(attribute) ? WORD : SENTENCE;
  return pattern.test(text) ? text : null;
}

/** The attribute in whose value a node stands. */
function attributeOf(node) {
  for (let at = node.parent; at && !ts.isFunctionLike(at) && !ts.isJsxElement(at); at = at.parent) {
    if (ts.isJsxAttribute(at)) return at.name.getText();
  }
  return null;
}

/** The text of a literal; null for other nodes. */
function textOf(node) {
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join("{}");
  }
  return ts.isStringLiteralLike(node) || ts.isJsxText(node) ? node.text : null;
}

/** Errors that nobody should see, types, names of keys and the like, and what is compared. */
function isForDevelopers(node) {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent)) return true;
  if (ts.isBinaryExpression(parent) && COMPARING.has(parent.operatorToken.kind)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  return ts.isNewExpression(parent) && parent.expression.getText().endsWith("Error");
}

const found = files.flatMap(literalsIn);
for (const line of found) console.error(line);
if (found.length) console.error("These texts are in no catalog: move them to locales/en.");
process.exitCode = found.length ? 1 : 0;
