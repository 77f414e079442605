import { buildSummary, floorSeconds, type Results } from './results.ts';

/** Time and peak memory of the whole build against the size of the month: two plots in one SVG. */

const WIDTH = 380;
const HEIGHT = 240;
const LEFT = 60;
const TOP = 34;
const BOTTOM = 40;

interface Series {
  name: string;
  color: string;
  points: { x: number; y: number }[];
}

interface Plot {
  title: string;
  unit: string;
  series: Series[];
}

export function chartSvg({ months }: Results): string {
  const sorted = [...months].sort((a, b) => a.documents - b.documents);
  const build = sorted.flatMap((month) => {
    const found = buildSummary(month);
    return found ? [{ documents: month.documents, ...found, floor: floorSeconds(month) }] : [];
  });
  const plots: Plot[] = [
    {
      title: 'Time of bg1c build',
      unit: 's',
      series: [
        {
          name: 'wall',
          color: '#1f6feb',
          points: build.map(({ documents, wall }) => ({ x: documents, y: wall })),
        },
        {
          name: 'processor',
          color: '#8250df',
          points: build.map(({ documents, cpu }) => ({ x: documents, y: cpu })),
        },
        {
          name: 'floors',
          color: '#6e7781',
          points: build.flatMap(({ documents, floor }) =>
            floor === undefined ? [] : [{ x: documents, y: floor.cpu }],
          ),
        },
      ],
    },
    {
      title: 'Peak memory of bg1c build',
      unit: 'MB',
      series: [
        {
          name: 'peak',
          color: '#cf222e',
          points: build.map(({ documents, peak }) => ({ x: documents, y: peak / 1e6 })),
        },
      ],
    },
  ];
  const width = plots.length * (LEFT + WIDTH);
  const height = TOP + HEIGHT + BOTTOM;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...plots.map(
      (plot, index) =>
        `<g transform="translate(${index * (LEFT + WIDTH) + LEFT} ${TOP})">${plotSvg(plot)}</g>`,
    ),
    '</svg>\n',
  ].join('\n');
}

/** Documents on a logarithmic axis; the other axis is logarithmic for time and starts at zero for memory. */
function plotSvg({ title, unit, series }: Plot): string {
  const points = series.flatMap((one) => one.points);
  const logarithmic = unit === 's';
  const x = axis(
    points.map((point) => point.x),
    WIDTH - 40,
    true,
  );
  const y = axis(
    points.map((point) => point.y),
    HEIGHT,
    logarithmic,
  );
  const up = (value: number): number => HEIGHT - y.place(value);
  const lines = series.map(({ name, color, points: own }, index) => {
    const path = own.map((point) => `${x.place(point.x).toFixed(1)},${up(point.y).toFixed(1)}`).join(' ');
    const dots = own.map((point) => {
      const at = [x.place(point.x).toFixed(1), up(point.y).toFixed(1)];
      return `<circle cx="${at[0]}" cy="${at[1]}" r="3" fill="${color}"><title>${name}: ${short(point.y)} ${unit}</title></circle>`;
    });
    const legend =
      series.length > 1 ? `<text x="8" y="${14 + index * 16}" fill="${color}">${name}</text>` : '';
    return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join('')}${legend}`;
  });
  return [
    `<text x="0" y="-14" font-weight="bold">${title}, ${unit}</text>`,
    ...y.ticks.map(
      (tick) =>
        `<line x1="0" x2="${WIDTH - 40}" y1="${up(tick)}" y2="${up(tick)}" stroke="#d0d7de"/><text x="-6" y="${up(tick) + 4}" text-anchor="end">${short(tick)}</text>`,
    ),
    ...x.ticks.map(
      (tick) =>
        `<text x="${x.place(tick)}" y="${HEIGHT + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
    ),
    `<text x="${(WIDTH - 40) / 2}" y="${HEIGHT + 34}" text-anchor="middle">documents</text>`,
    ...lines,
  ].join('');
}

interface Axis {
  place(value: number): number;
  ticks: number[];
}

function axis(values: readonly number[], length: number, logarithmic: boolean): Axis {
  if (logarithmic) {
    const low = Math.floor(Math.log10(Math.min(...values)));
    const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
    const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
    return { place: (value) => ((Math.log10(value) - low) / (high - low)) * length, ticks };
  }
  const step = 100;
  const high = Math.ceil(Math.max(...values) / step) * step;
  const ticks = Array.from({ length: high / step + 1 }, (_, index) => index * step);
  return { place: (value) => (value / high) * length, ticks };
}

function short(value: number): string {
  return value < 10 ? String(Number(value.toFixed(2))) : Math.round(value).toLocaleString('en');
}
