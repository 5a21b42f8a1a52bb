// What the build takes from where. Logical names are what templates ask for: asset('site.css').

export const targets = { chrome: 105 << 16, firefox: 104 << 16, safari: (15 << 16) | (4 << 8) };

export const layers = ["theme", "tokens", "bridge", "utrecht", "base", "layout", "components", "modes"];

export const layerFolders = ["tokens", "bridge", "base", "layout", "components", "modes"];

// A class written as `utrecht-alert--{{ kind }}` cannot be found by reading the templates.
export const utrechtClassesBuiltAtRunTime = [
  "utrecht-alert--error",
  "utrecht-alert--info",
  "utrecht-alert--ok",
  "utrecht-alert--warning",
  "utrecht-button--primary-action",
  "utrecht-button--secondary-action",
  "utrecht-button--subtle",
  "utrecht-button-link--primary-action",
  "utrecht-button-link--secondary-action",
  "utrecht-button-link--subtle",
  "utrecht-heading-1",
  "utrecht-heading-2",
  "utrecht-heading-3",
  "utrecht-heading-4",
];

export const fonts = [
  { family: "Figtree Variable", from: "figtree", weights: "300 900" },
  { family: "Bricolage Grotesque Variable", from: "bricolage-grotesque", weights: "200 800" },
];

// Documents (PDF) need whole fonts as TrueType; Noto Sans draws what the house letters lack.
export const documentFonts = [
  { from: "figtree", files: ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"] },
  { from: "bricolage-grotesque", files: ["600SemiBold", "700Bold"] },
  { from: "noto-sans", files: ["400Regular", "600SemiBold", "700Bold"] },
];

export const licences = [
  { name: "@utrecht/component-library-css", licence: "EUPL-1.2", part: "rules in site.css", file: "LICENSE.md" },
  { name: "@fontsource-variable/figtree", licence: "OFL-1.1", part: "font Figtree", file: "LICENSE" },
  {
    name: "@fontsource-variable/bricolage-grotesque",
    licence: "OFL-1.1",
    part: "font Bricolage Grotesque",
    file: "LICENSE",
  },
  { name: "@expo-google-fonts/figtree", licence: "OFL-1.1", part: "font Figtree in documents", file: "LICENSE_FONT" },
  {
    name: "@expo-google-fonts/bricolage-grotesque",
    licence: "OFL-1.1",
    part: "font Bricolage Grotesque in documents",
    file: "LICENSE_FONT",
  },
  {
    name: "@expo-google-fonts/noto-sans",
    licence: "OFL-1.1",
    part: "font Noto Sans in documents",
    file: "LICENSE_FONT",
  },
  { name: "lucide-static", licence: "ISC", part: "icons", file: "LICENSE" },
  { name: "@svg-maps/netherlands", licence: "CC-BY-4.0", part: "outlines of the provinces", file: "LICENSE.md" },
];
