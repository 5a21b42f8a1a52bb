// The check a house style must pass, in light and in dark (WCAG 2.2: 1.4.3 text, 1.4.11 controls).

const TEXT = 4.5;
const SHAPE = 3;

const pairs = [
  ...["paper", "surface", "tint"].flatMap((ground) => [
    ["ink", ground, TEXT],
    ["ink-soft", ground, TEXT],
    ["link", ground, TEXT],
  ]),
  ["action-hover", "surface", TEXT],
  ["action-hover", "paper", TEXT],
  ["on-action", "action", TEXT],
  ["on-action", "action-hover", TEXT],
  ["on-band", "band", TEXT],
  ["on-band-soft", "band", TEXT],
  ["on-band", "band-2", TEXT],
  ["on-spark", "spark", TEXT],
  ["on-spark", "spark-hover", TEXT],
  ["on-supply-soft", "supply-soft", TEXT],
  ["on-demand-soft", "demand-soft", TEXT],
  ["demand", "surface", TEXT],
  ["supply", "surface", TEXT],
  ["good", "surface", TEXT],
  ["good", "good-soft", TEXT],
  ["warn", "surface", TEXT],
  ["warn", "warn-soft", TEXT],
  ["ink", "warn-soft", TEXT],
  ["ink", "good-soft", TEXT],
  ["ink", "bad-soft", TEXT],
  ["bad", "surface", TEXT],
  ["bad", "paper", TEXT],
  ["bad", "bad-soft", TEXT],
  ["surface", "good", TEXT],
  ["surface", "warn", TEXT],
  ["paper", "ink", TEXT],
  ["line-strong", "surface", SHAPE],
  ["line-strong", "paper", SHAPE],
  ["action", "supply-soft", SHAPE],
  ["action", "surface", SHAPE],
  ["supply-on-band", "band", SHAPE],
  ["supply-on-band", "band-2", SHAPE],
  ["demand-on-band", "band", SHAPE],
  ["demand-on-band", "band-2", SHAPE],
  ["focus", "paper", SHAPE],
  ["focus", "surface", SHAPE],
  ["focus", "focus-halo", SHAPE],
  ["spark", "band", SHAPE],
];

function luminance(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(full.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two hex colours, 1 to 21. */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function roles(source, mode) {
  const found = source.matchAll(/--mm-([\w-]+):\s*(?:light-dark\(\s*(#\w+),\s*(#\w+)\s*\)|(#\w+))\s*;/g);
  return Object.fromEntries(
    [...found].map(([, role, light, dark, both]) => [role, both ?? (mode === "light" ? light : dark)]),
  );
}

/** What is wrong with a theme: one sentence per pair of roles that is too faint or missing. */
export function faults(name, source) {
  return ["light", "dark"].flatMap((mode) => {
    const colour = roles(source, mode);
    return pairs.flatMap(([front, ground, least]) => {
      if (!colour[front] || !colour[ground]) return [`${name} (${mode}): --mm-${front} or --mm-${ground} is missing`];
      const ratio = contrast(colour[front], colour[ground]);
      return ratio >= least ? [] : [`${name} (${mode}): ${front} on ${ground} is ${ratio.toFixed(2)}, needs ${least}`];
    });
  });
}

export const pairCount = pairs.length;
