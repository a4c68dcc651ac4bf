/** Text colours keep 4.5 : 1 on their backgrounds in both themes; a state is said by its word and mark, colour only repeats it. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --card: #f6f8fa; --ok: #116329; --bad: #a40e26; --wait: #7d4e00; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #30363d; --paper: #0d1117; --card: #161b22; --ok: #56d364; --bad: #ff8182; --wait: #e3b341; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header, main { max-width: 1100px; margin: 0 auto; padding: 16px 20px; }
header { border-bottom: 1px solid var(--line); }
header a { font-weight: 600; color: var(--ink); text-decoration: none; }
a { color: var(--link); }
h1 { font-size: 22px; margin: 8px 0 4px; }
h2 { font-size: 17px; margin: 0; }
.soft { color: var(--soft); }
.cards { display: grid; gap: 16px; margin-top: 16px; }
.card { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 16px; overflow-wrap: anywhere; }
.card > header { display: flex; gap: 12px; align-items: baseline; border: 0; padding: 0; margin: 0; flex-wrap: wrap; }
.state { font-weight: 600; }
.ready { color: var(--ok); } .blocked { color: var(--bad); } .unknown, .waiting { color: var(--wait); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; }
dt { color: var(--soft); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; color: var(--soft); }
code { font: 13px ui-monospace, monospace; }
ul.blockers { list-style: none; padding: 0; margin: 8px 0; display: grid; gap: 8px; }
ul.blockers li { border-left: 3px solid var(--wait); padding-left: 10px; }
.fix { color: var(--soft); }
button { font: inherit; padding: 6px 14px; border-radius: 6px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 600px) { dl { grid-template-columns: 1fr; } dt { margin-top: 6px; } table { display: block; overflow-x: auto; } }
`;
