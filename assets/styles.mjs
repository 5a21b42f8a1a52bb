// Style sheets: ours as they are, of the design system only the rules and tokens the pages use.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "lightningcss";
import { layerFolders, layers, targets, utrechtClassesBuiltAtRunTime } from "./config.mjs";

function filesBelow(folder, endings) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function read(file) {
  return readFileSync(file, "utf8");
}

function utrechtClassesInUse(root) {
  const written = [
    ...filesBelow(join(root, "templates"), [".html"]),
    ...filesBelow(join(root, "matchmaker"), [".py"]),
    ...filesBelow(join(root, "static/js"), [".js"]),
    ...filesBelow(join(root, "static/css"), [".css"]),
  ].flatMap((file) => read(file).match(/utrecht-[a-z0-9_-]+/g) ?? []);
  return new Set([...written, ...utrechtClassesBuiltAtRunTime]);
}

function classesOf(selector) {
  return selector.filter((part) => part.type === "class").map((part) => part.name);
}

// Keep a rule when every class its selector asks for is on some page.
function keepUsedRules(css, used) {
  const isUsed = (selector) => classesOf(selector).every((name) => !name.startsWith("utrecht-") || used.has(name));
  const { code } = transform({
    filename: "utrecht.css",
    code: Buffer.from(css),
    errorRecovery: true,
    visitor: {
      Rule: {
        style(rule) {
          if (!rule.value.selectors.some(isUsed)) return [];
        },
      },
      Selector(selector) {
        if (!isUsed(selector)) return [];
      },
    },
  });
  return code.toString();
}

function names(pattern, css) {
  return new Set([...css.matchAll(pattern)].map((match) => match[1]));
}

// var(--name, fallback) without the fallback's commas and brackets getting in the way.
function useFallbacks(css, isSet) {
  let result = "";
  let at = 0;
  for (;;) {
    const start = css.indexOf("var(--utrecht-", at);
    if (start === -1) return result + css.slice(at);
    let end = start + 4;
    for (let depth = 1; depth > 0; end += 1) depth += { "(": 1, ")": -1 }[css[end]] ?? 0;
    const [name, ...fallback] = css.slice(start + 4, end - 1).split(",");
    const value = fallback.length && !isSet(name.trim()) ? fallback.join(",").trim() : null;
    result += css.slice(at, start) + (value === null ? "var(" : useFallbacks(value, isSet));
    at = value === null ? start + 4 : end;
  }
}

// A token nobody sets gives its fallback; a token nobody reads is not shipped.
function settleTokens(bridge, utrecht) {
  const set = names(/(--[\w-]+)\s*:/g, `${bridge}\n${utrecht}`);
  const withoutFallbacks = useFallbacks(utrecht, (name) => set.has(name));
  const readTokens = names(/var\(\s*(--[\w-]+)/g, `${bridge}\n${withoutFallbacks}`);
  const bridgeInUse = bridge.replace(/^\s*(--utrecht-[\w-]+):[^;]*;\n/gm, (line, name) =>
    readTokens.has(name) ? line : "",
  );
  return { bridge: bridgeInUse, utrecht: withoutFallbacks };
}

function minify(filename, css) {
  const { code, warnings } = transform({ filename, code: Buffer.from(css), minify: true, targets });
  for (const warning of warnings) console.warn(`${filename}: ${warning.message}`);
  return code.toString();
}

/** The style sheet of every page: all layers but the theme. `fontFaces` is plain CSS. */
export function siteCss(root, fontFaces) {
  const layer = Object.fromEntries(
    layerFolders.map((name) => [
      name,
      filesBelow(join(root, "static/css", name), [".css"])
        .map(read)
        .join("\n"),
    ]),
  );
  const library = read(join(root, "node_modules/@utrecht/component-library-css/dist/index.css"));
  const settled = settleTokens(layer.bridge, keepUsedRules(library, utrechtClassesInUse(root)));
  Object.assign(layer, settled);
  const body = layers.filter((name) => name in layer).map((name) => `@layer ${name} {\n${layer[name]}\n}`);
  const css = minify("site.css", [`@layer ${layers.join(", ")};`, fontFaces, ...body].join("\n"));
  return `/*! Holds rules of the Utrecht component library, EUPL-1.2. See LICENSES.txt. */\n${css}`;
}

/** Name and CSS of each house style in static/css/themes. */
export function themes(root) {
  const folder = join(root, "static/css/themes");
  return filesBelow(folder, [".css"]).map((file) => {
    const name = file.slice(folder.length + 1, -".css".length);
    const source = read(file);
    return { name, source, css: minify(`${name}.css`, `@layer theme {\n${source}\n}`) };
  });
}
