// Builds static/vendor: style sheets, script, fonts, icons, map. Run: node assets/build.mjs

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import netherlands from "@svg-maps/netherlands";
import { documentFonts, fonts, licences } from "./config.mjs";
import { faults, pairCount } from "./contrast.mjs";
import { siteCss, themes } from "./styles.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const shipped = join(root, "static/vendor");
const out = mkdtempSync(join(root, "static/.vendor-"));
process.on("exit", () => rmSync(out, { recursive: true, force: true }));
const manifest = {};

function ship(logicalName, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const hashedName = logicalName.replace(/(\.\w+)$/, `.${hash}$1`);
  mkdirSync(dirname(join(out, hashedName)), { recursive: true });
  writeFileSync(join(out, hashedName), content);
  if (/\.(css|js|svg)$/.test(logicalName)) writeFileSync(join(out, `${hashedName}.gz`), gzipSync(content, { level: 9 }));
  manifest[logicalName] = hashedName;
  return hashedName;
}

function shipFonts() {
  return fonts.flatMap(({ family, from, weights }) => {
    const source = join(root, "node_modules/@fontsource-variable", from);
    const ranges = JSON.parse(readFileSync(join(source, "unicode.json"), "utf8"));
    return ["latin", "latin-ext"].map((subset) => {
      const file = ship(
        `fonts/${from}-${subset}.woff2`,
        readFileSync(join(source, "files", `${from}-${subset}-wght-normal.woff2`)),
      );
      return `@font-face { font-family: "${family}"; font-style: normal; font-display: swap; font-weight: ${weights};
        src: url("${file}") format("woff2"); unicode-range: ${ranges[subset]}; }`;
    });
  });
}

// Read by the maker of documents, never asked for by a page: plain names.
function writeDocumentFonts() {
  mkdirSync(join(out, "documents"), { recursive: true });
  for (const { from, files } of documentFonts) {
    for (const file of files) {
      const folder = join(root, "node_modules/@expo-google-fonts", from, file);
      const name = readdirSync(folder).find((each) => each.endsWith(".ttf"));
      writeFileSync(join(out, "documents", name), readFileSync(join(folder, name)));
    }
  }
}

function shipScript() {
  const folder = join(root, "static/js");
  const behaviours = readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .sort();
  const wrapped = behaviours.map((name) => `(() => {\n${readFileSync(join(folder, name), "utf8")}})();`);
  ship("site.js", `"use strict";\n${wrapped.join("\n")}\n`);
}

function shipThemes() {
  const wrong = [];
  for (const { name, source, css } of themes(root)) {
    wrong.push(...faults(name, source));
    ship(`themes/${name}.css`, css);
  }
  if (wrong.length) throw new Error(`House style too faint to read:\n${wrong.join("\n")}`);
}

function shipImages() {
  const folder = join(root, "static/img");
  for (const name of readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .sort()) {
    ship(`img/${name}`, readFileSync(join(folder, name)));
  }
}

function writeIcons() {
  const wanted = readFileSync(join(root, "assets/icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const drawn = wanted.map((name) => {
    const svg = readFileSync(join(root, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return [name, shapes.replace(/\s+/g, " ").replaceAll(" />", "/>").trim()];
  });
  writeFileSync(join(out, "icons.json"), JSON.stringify(Object.fromEntries(drawn)));
}

function writeMap() {
  const { viewBox, locations } = netherlands;
  const provinces = locations.map(({ id, name, path }) => ({
    id,
    name: id === "fr" ? "Fryslân" : name,
    path: path.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2)))),
  }));
  writeFileSync(join(out, "map.json"), JSON.stringify({ viewBox, provinces }));
}

function writeLicences() {
  const texts = licences.map(({ name, licence, part, file }) => {
    const folder = join(root, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\nUsed for: ${part}\nLicence: ${licence}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  writeFileSync(join(out, "LICENSES.txt"), texts.join(`\n${"=".repeat(72)}\n\n`));
}

function filesIn(folder, below = "") {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    return statSync(join(folder, path)).isDirectory() ? filesIn(folder, path) : [path];
  });
}

// Pages are served meanwhile. The manifest comes last, so a page never names a file that is not there, and what the
// manifest before this one named stays, for pages that were open already.
function swap() {
  const before = join(shipped, "manifest.json");
  const named = existsSync(before) ? Object.values(JSON.parse(readFileSync(before, "utf8"))) : [];
  const made = filesIn(out).filter((path) => path !== "manifest.json");
  for (const path of [...made, "manifest.json"]) {
    mkdirSync(dirname(join(shipped, path)), { recursive: true });
    renameSync(join(out, path), join(shipped, path));
  }
  const kept = new Set([...made, "manifest.json", ...named, ...named.map((path) => `${path}.gz`)]);
  for (const path of filesIn(shipped)) if (!kept.has(path)) rmSync(join(shipped, path));
}

const fontFaces = shipFonts().join("\n");
ship("site.css", siteCss(root, fontFaces));
shipThemes();
shipScript();
shipImages();
writeIcons();
writeDocumentFonts();
writeMap();
writeLicences();
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
swap();
console.log(`${Object.keys(manifest).length} files, ${pairCount} colour pairs checked per theme and mode`);
