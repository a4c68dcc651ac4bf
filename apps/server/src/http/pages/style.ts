/** Text colours keep 4.5 : 1 on their backgrounds in both themes; a state is said by its word and mark, colour only repeats it. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --card: #f6f8fa; --ok: #116329; --bad: #a40e26; --wait: #7d4e00; --link: #0550ae;
  --ok-back: #dafbe1; --bad-back: #ffebe9; --wait-back: #fff8c5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #30363d; --paper: #0d1117; --card: #161b22; --ok: #56d364; --bad: #ff8182; --wait: #e3b341; --link: #79c0ff;
  --ok-back: #12261e; --bad-back: #2d1517; --wait-back: #272115; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
body > header { border-bottom: 1px solid var(--line); background: var(--card); }
body > header > *, main { max-width: 1320px; margin: 0 auto; padding: 12px 24px; }
body > header a { display: block; font-weight: 700; letter-spacing: .01em; color: var(--ink); text-decoration: none; }
a { color: var(--link); }
h1 { font-size: 24px; line-height: 1.25; margin: 16px 0 4px; }
h2 { font-size: 18px; margin: 32px 0 8px; }
h3, caption { font-size: 15px; font-weight: 600; margin: 16px 0 4px; text-align: left; }
p { margin: 8px 0; }
.soft { color: var(--soft); }
.bad { color: var(--bad); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 390px), 1fr)); gap: 16px; margin-top: 16px; align-items: start; }
.card { border: 1px solid var(--line); border-top: 4px solid var(--wait); border-radius: 8px; background: var(--card); padding: 16px; }
.card.ready { border-top-color: var(--ok); color: inherit; } .card.blocked { border-top-color: var(--bad); color: inherit; } .card.unknown { color: inherit; }
.card h2 { font-size: 16px; margin: 0; flex: 1 1 100%; }
time { white-space: nowrap; }
.card > header { display: flex; gap: 4px 12px; align-items: baseline; flex-wrap: wrap; }
.state { font-weight: 600; padding: 1px 8px; border-radius: 10px; white-space: nowrap; background: var(--wait-back); }
.state.ready { background: var(--ok-back); } .state.blocked { background: var(--bad-back); }
.ready { color: var(--ok); } .blocked { color: var(--bad); } .unknown, .waiting { color: var(--wait); }
.promotion { display: flex; gap: 4px 12px; flex-wrap: wrap; margin: 12px 0 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 12px 0 0; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; overflow-wrap: normal; }
th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th { font-weight: 500; color: var(--soft); }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; margin: 8px 0; padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); overflow-wrap: normal; }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: 8px 0; } summary { cursor: pointer; font-weight: 600; }
ol.steps { padding-left: 28px; margin: 8px 0; } ol.steps time { color: var(--soft); margin-right: 8px; }
ul.blockers { list-style: none; padding: 0; margin: 12px 0 0; display: grid; gap: 12px; }
ul.blockers li { border-left: 3px solid var(--wait); background: var(--paper); border-radius: 0 6px 6px 0; padding: 8px 12px; }
ul.blockers p { margin: 0; }
ul.blockers dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 4px 0 0; font-size: 14px; }
button { font: inherit; font-weight: 600; padding: 8px 20px; border-radius: 6px; border: 1px solid var(--line); background: var(--card); color: var(--ink); cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 600px) { body > header > *, main { padding: 12px 16px; } dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dt { margin-top: 8px; } }
`;
