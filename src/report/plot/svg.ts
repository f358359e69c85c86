/** Figures as SVG text. */
import { escaped } from '../xml';
import { checkFigure, COLOURS, type Colour, type Figure, type Series } from './figure';
import { BOLD, layOut, text } from './panel';
import { sample } from './strokes';
import { px, widthOf, wrapped } from './words';

/** The width of every picture, in pixels. */
const WIDTH = 960;
const MARGIN = 16;
const GAP = 18;
const TITLE = 15;
const LEGEND = 12;
const LINE = 20;

/**
 * The figures, one below the other, as one SVG document: text that stands alone, with a white background, a title and a
 * description for those who do not see it. The same figures give the same bytes. Points that are no finite numbers, or
 * that their axis cannot show, are left out and counted under their panel. Throws BadFigure for a figure without panels
 * and for series whose arrays differ in length.
 */
export function svg(...figures: readonly Figure[]): string {
  figures.forEach(checkFigure);
  const drawings: string[] = [];
  let top = MARGIN;
  for (const figure of figures) {
    const { height, draw } = row(figure);
    drawings.push(draw(top));
    top += height + GAP;
  }
  const height = px(top - GAP + MARGIN);
  const title = figures.map((figure) => figure.title).join('; ');
  const described = figures.map(descriptionOf).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="sans-serif">`,
    `<title>${escaped(title)}</title><desc>${escaped(described)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...drawings,
    '</svg>\n',
  ].join('\n');
}

interface Row {
  readonly height: number;
  draw(top: number): string;
}

/** A figure: its title, its legend, and its panels side by side, three at most. */
function row(figure: Figure): Row {
  const colourOf = colours(figure);
  const title = wrapped(figure.title, WIDTH - 2 * MARGIN, TITLE * BOLD);
  const legend = legendOf(figure, colourOf);
  const count = figure.panels.length;
  const columns = count === 4 ? 2 : Math.min(3, count);
  const width = (WIDTH - 2 * MARGIN - (Math.max(2, columns) - 1) * GAP) / Math.max(2, columns);
  const panels = figure.panels.map((panel) => layOut(panel, width, colourOf));
  const lines = Array.from({ length: Math.ceil(count / columns) }, (_, k) =>
    panels.slice(k * columns, (k + 1) * columns),
  );
  const heads = lines.map((line) => Math.max(...line.map((panel) => panel.head)));
  const heights = lines.map((line, k) => heads[k]! + Math.max(...line.map(({ body }) => body)));
  const head = (title.length + legend.lines) * LINE + 6;
  const draw = (top: number): string => {
    let y = top + head;
    const parts = [...title.map((line, k) => text(line, MARGIN, top + k * LINE + TITLE, TITLE, { bold: true }))];
    parts.push(legend.draw(top + title.length * LINE));
    lines.forEach((line, k) => {
      parts.push(...line.map((panel, column) => panel.draw(MARGIN + column * (width + GAP), y + heads[k]!)));
      y += heights[k]! + GAP;
    });
    return `<g>${parts.join('')}</g>`;
  };
  return { height: head + heights.reduce((sum, height) => sum + height + GAP, -GAP), draw };
}

/** The colour of each series: its own, or the next one that no name has yet. */
function colours({ panels }: Figure): (series: Series) => Colour {
  const all = panels.flatMap(({ series }) => series);
  const taken = new Set(all.flatMap(({ colour }) => colour ?? []));
  const free = (Object.keys(COLOURS) as Colour[]).filter((colour) => !taken.has(colour));
  const palette = free.length > 0 ? free : (Object.keys(COLOURS) as Colour[]);
  const names = [...new Set(all.filter(({ colour }) => colour === undefined).map(({ name }) => name))];
  return ({ name, colour }) => colour ?? palette[names.indexOf(name) % palette.length]!;
}

/** One entry a name, in as many lines as it takes. */
function legendOf(
  { panels }: Figure,
  colourOf: (series: Series) => Colour,
): { lines: number; draw: (top: number) => string } {
  const byName = new Map<string, Series>();
  for (const series of panels.flatMap((panel) => panel.series)) {
    if (series.name !== '' && !byName.has(series.name)) byName.set(series.name, series);
  }
  let [x, line] = [MARGIN, 0];
  const entries = [...byName.values()].map((series) => {
    const width = 34 + widthOf(series.name, LEGEND) + 16;
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, line] = [MARGIN, line + 1];
    const place = { series, left: x, line };
    x += width;
    return place;
  });
  const draw = (top: number): string =>
    entries
      .map(({ series, left, line: k }) => {
        const y = top + k * LINE + LINE / 2;
        return sample(series, colourOf(series), left, left + 26, y) + text(series.name, left + 34, y + 4, LEGEND);
      })
      .join('');
  return { lines: entries.length === 0 ? 0 : line + 1, draw };
}

/** The figure's own description, or what its panels show in words. */
function descriptionOf({ description, panels }: Figure): string {
  if (description !== undefined) return description;
  const shown = panels.map(({ title, x, y, series }) => {
    const names = [...new Set(series.map(({ name }) => name).filter((name) => name !== ''))];
    return `${title === undefined ? '' : `${title}: `}${y.label} over ${x.label}${names.length === 0 ? '' : ` (${names.join(', ')})`}.`;
  });
  return shown.join(' ');
}
