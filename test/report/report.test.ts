import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reportCsv } from '../../src/formats/report/csv.ts';
import { reportPage } from '../../src/formats/report/page.ts';
import { findChromium, startChromium } from '../preview/chromium.ts';
import { temporaryFolders } from '../support/folders.ts';
import { bigReport, hostileReport } from './sample-report.ts';
import { monthWorld } from './world.ts';

const folder = temporaryFolders();
const CHROMIUM = findChromium();
if (CHROMIUM === undefined) console.warn('SKIPPED: no Chromium, the report is not opened in a browser');

describe('bg1c report', () => {
  it('tells where each document is and what to do, as page, table and text', async () => {
    const world = await monthWorld(folder());
    const { exit, out } = await world.bg1c('report', '--out', 'month.html');
    expect({ exit, out }).toMatchObject({ exit: 0 });
    expect(out).toContain('Отчёт за октябрь 2026');
    expect(out).toContain('Требует внимания:');
    const page = readFileSync(join(world.cwd, 'month.html'), 'utf8');
    const table = readFileSync(join(world.cwd, 'month.csv'), 'utf8');
    for (const text of [page, table]) {
      expect(text).toContain('А10/1045');
      expect(text).toContain('ООО «Тулпар»');
      expect(text).toContain('проведён');
    }
    expect(page).toContain('Электронная почта: неизвестно, ушли ли документы');
    expect(page).toContain('bg1c resolve &lt;доставка&gt; sent или not-sent');
    expect(page).toContain('возвращён (5.1.1)');
    expect(page).toContain('В 1С не проведены');
  });

  it('its figures are those of the journal', async () => {
    const world = await monthWorld(folder());
    const { out } = await world.bg1c('report', '--json');
    const report = JSON.parse(out) as {
      steps: { count: number; sum: number }[];
      kinds: { kind: string; count: number; sum: number }[];
      channels: { title: string; delivered: number; doubtful: number; refused: number }[];
      documents: unknown[];
    };
    const [billed, booked, delivered] = report.steps;
    expect(billed).toMatchObject({ count: 91 });
    expect(billed!.sum).toBe(report.kinds.find(({ kind }) => kind === 'act')!.sum);
    expect(booked!.count).toBe(world.booked);
    expect(delivered!.count).toBe(1);
    expect(report.channels).toMatchObject([
      { title: 'электронная почта', delivered: 1, doubtful: 1, refused: 1 },
    ]);
    expect(report.documents).toHaveLength(91);
  });

  it('a month that the journal does not know is said to be unknown', async () => {
    const world = await monthWorld(folder());
    const { exit, err } = await world.bg1c('report', '--period', '2020-01');
    expect(exit).not.toBe(0);
    expect(err).toContain('2020-01');
  });
});

describe('the page and the table', () => {
  it('escape everything, and let nothing run', () => {
    const page = reportPage(hostileReport());
    expect(page).not.toMatch(/<script|<img/i);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'".replaceAll("'", '&#39;'));
    for (const line of reportCsv(hostileReport()).split('\r\n').slice(1, -1))
      for (const cell of line.split(';')) expect(cell).not.toMatch(/^"?[=+\-@]/);
  });

  it.skipIf(CHROMIUM === undefined)(
    'open in a browser under their own policy, without an error',
    async () => {
      const path = join(folder(), 'report.html');
      writeFileSync(path, reportPage(bigReport(400)));
      const browser = await startChromium(CHROMIUM!, folder());
      try {
        const page = await browser.open(pathToFileURL(path).href, 1200);
        expect(page.problems).toEqual([]);
        expect(await page.evaluate(`document.querySelectorAll('tbody tr').length`)).toBeGreaterThan(400);
        const bars = `[...document.querySelectorAll('progress')].map(({ value, max }) => value + '/' + max)`;
        expect(await page.evaluate(bars)).toContain('300/400');
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
