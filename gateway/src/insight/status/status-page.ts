import type { ReportedService, StatusReport } from './status-report.js';

const HEADLINES: Record<StatusReport['status'], { title: string; text: string }> = {
  operational: { title: 'Everything works', text: 'All parts of the shop answer.' },
  degraded: {
    title: 'Partly working',
    text: 'Some parts of the shop do not answer; the others go on without them.',
  },
  down: { title: 'Not working', text: 'No part of the shop answers.' },
};

const CIRCUITS: Record<ReportedService['circuit'], string> = {
  closed: 'requests are passed on',
  'half-open': 'being tried again',
  open: 'requests are held back',
};

/** Bars of the history: as many as checks are remembered. */
const BARS = 60;
const BAR_WIDTH = 3;
const BAR_STEP = 4;
const BAR_HEIGHT = 28;
const LOWEST_BAR = 5;
/** An answer this slow fills the bar. */
const TALLEST_MILLIS = 1_000;

/** The page for people: whole without JavaScript, which only keeps it fresh. */
export function statusPage(report: StatusReport, assets: { css: string; script: string }): string {
  const { title } = HEADLINES[report.status];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Storegraph status</title>
<style>${assets.css}</style>
</head>
<body>
${statusMain(report)}
<script>${assets.script}</script>
</body>
</html>
`;
}

function statusMain(report: StatusReport): string {
  const { title, text } = HEADLINES[report.status];
  return `<main data-status="${report.status}">
<header>
<p class="brand">Storegraph <span>status</span></p>
<section class="headline" role="status">
<span class="beacon" aria-hidden="true"></span>
<div><h1>${title}</h1><p>${text}</p></div>
</section>
</header>
<dl class="facts">
${fact('Running for', duration(report.uptimeSeconds))}
${fact('Version', escape(report.version))}
${report.events ? fact('Events waiting', String(report.events.waiting)) : ''}
${report.events ? fact('Oldest event', report.events.waiting === 0 ? 'none' : duration(report.events.lagSeconds)) : ''}
</dl>
<section class="services" aria-label="Parts of the shop">
${report.services.map(serviceRow).join('\n')}
</section>
<footer><p>Checked <time datetime="${report.checkedAt}">${report.checkedAt.slice(11, 19)} UTC</time><span class="stale" hidden> · the connection is lost, trying again</span></p>
<p><a href="/api/status.json">as JSON</a></p></footer>
</main>`;
}

function fact(name: string, value: string): string {
  return `<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function serviceRow(service: ReportedService): string {
  const { status, circuit, latencyMillis } = service;
  const name = escape(service.name);
  const latency = latencyMillis === null ? 'no answer' : `${latencyText(latencyMillis)}`;
  return `<article data-status="${status}" data-circuit="${circuit}">
<h2><span class="dot" aria-hidden="true"></span>${name}</h2>
<p class="latency">${latency}</p>
<p class="circuit">${status === 'available' ? 'Available' : 'Unavailable'}, ${CIRCUITS[circuit]}${selfReport(service)}</p>
${historyBars(service)}
</article>`;
}

/** What it tells of itself, if anything, on a line of its own. */
function selfReport({ version, eventLagSeconds: lag }: ReportedService): string {
  const events = lag === null ? [] : [lag === 0 ? 'no events waiting' : `oldest event ${duration(lag)}`];
  const told = [...(version === null ? [] : [escape(version)]), ...events];
  return told.length > 0 ? `<br>${told.join(' · ')}` : '';
}

/** A bar a check: the taller the slower, the whole height for none. */
function historyBars({ name, history }: ReportedService): string {
  const answered = history.filter(({ isAvailable }) => isAvailable).length;
  const missing = BARS - history.length;
  const bars = Array.from({ length: BARS }, (_, index) => {
    const check = history[index - missing];
    const height = check ? barHeight(check) : LOWEST_BAR;
    const kind = check ? (check.isAvailable ? 'up' : 'away') : 'unknown';
    return `<rect class="${kind}" x="${index * BAR_STEP}" y="${BAR_HEIGHT - height}" width="${BAR_WIDTH}" height="${height}" rx="1"/>`;
  });
  const label = `${escape(name)} answered ${answered} of the last ${history.length} checks`;
  return `<svg viewBox="0 0 ${BARS * BAR_STEP} ${BAR_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">${bars.join('')}</svg>`;
}

/** On a logarithmic scale: a millisecond is low, a second fills it. */
function barHeight({ isAvailable, latencyMillis }: ReportedService['history'][number]): number {
  if (!isAvailable || latencyMillis === null) return BAR_HEIGHT;
  const share = Math.log1p(latencyMillis) / Math.log1p(TALLEST_MILLIS);
  return Math.round(Math.min(1, share) * (BAR_HEIGHT - LOWEST_BAR)) + LOWEST_BAR;
}

function latencyText(millis: number): string {
  return millis < 1_000
    ? `${millis < 10 ? millis.toFixed(1) : Math.round(millis)} ms`
    : `${(millis / 1_000).toFixed(1)} s`;
}

/** The two largest units: `3 d 4 h`, `12 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3_600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return seconds > 0 ? 'under 1 s' : '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
