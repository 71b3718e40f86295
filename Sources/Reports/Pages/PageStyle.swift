/// The style sheet of pages.
enum PageStyle {
  /// Colours by the system's scheme, widths from phones to desks, and paper.
  static let text = """
    :root{color-scheme:light dark;\(DrawingStyle.light)}
    @media (prefers-color-scheme:dark){:root{\(DrawingStyle.dark)}}
    @media print{:root{color-scheme:light;\(DrawingStyle.light)}}
    \(DrawingStyle.rules)
    \(layout)
    \(parts)
    \(paper)
    """

  private static let layout = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
    header,main,footer,nav{max-width:1240px;margin:0 auto;padding:0 20px}
    header{padding-top:26px}
    h1{font-size:27px;line-height:1.2;margin:0;overflow-wrap:anywhere}
    h2{font-size:20px;margin:0 0 12px;padding-top:12px}
    h3{font-size:14px;margin:0;overflow-wrap:anywhere}
    p{margin:0 0 10px;max-width:80ch;overflow-wrap:anywhere}
    header p{color:var(--quiet);margin:4px 0 0}
    section{border-top:1px solid var(--rule);padding:12px 0 20px;margin-top:12px}
    nav{position:sticky;top:0;z-index:2;background:var(--ground);padding-top:8px;padding-bottom:8px;display:flex;flex-wrap:wrap;gap:4px 16px;font-size:14px;align-items:center}
    a{color:var(--link)}
    nav a{text-decoration:none;padding:2px 0}
    nav a:hover{text-decoration:underline}
    a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    section{scroll-margin-top:44px}
    .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,350px),1fr));gap:14px;align-items:start}
    .grid>p{grid-column:1/-1}
    figure{margin:0}
    .card{border:1px solid var(--rule);border-radius:8px;padding:12px 12px 8px;min-width:0;background:var(--ground)}
    .card.wide{max-width:820px;margin:0 0 14px}
    .grid .card.wide{grid-column:1/-1}
    .card figcaption p{color:var(--quiet);font-size:12.5px;line-height:1.35;margin:2px 0 6px}
    .drawing{position:relative}
    .plot{display:block;width:100%;height:auto;overflow:visible}
    .picture{max-width:100%;height:auto;display:block}
    details{margin-top:6px;font-size:13px}
    summary{cursor:pointer;color:var(--link);width:fit-content}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    @media (max-width:520px){header,main,footer,nav{padding-left:14px;padding-right:14px}h1{font-size:22px}nav{position:static}
    .parallel .drawing,.wide .drawing{overflow-x:auto}.wide .plot{min-width:560px}}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    """

  private static let parts = """
    .scroll{overflow-x:auto;max-width:100%;margin:0 0 10px}
    table{border-collapse:collapse;font-size:13px;line-height:1.35}
    th,td{text-align:left;padding:4px 10px 4px 0;border-bottom:1px solid var(--rule);vertical-align:top;white-space:nowrap}
    th{color:var(--quiet);font-weight:600;vertical-align:bottom}
    wbr{display:none}
    td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
    th button{all:unset;cursor:pointer;color:inherit}
    th button:hover{text-decoration:underline}
    th button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    th[aria-sort=ascending] button::after{content:" ▲"}
    th[aria-sort=descending] button::after{content:" ▼"}
    #spec-table td{white-space:normal;overflow-wrap:anywhere;min-width:110px}
    mark{background:var(--mark);color:var(--text);padding:0 3px;border-radius:3px}
    tr.standard td{color:var(--quiet)}
    .key{display:inline-block;width:18px;height:4px;border-radius:2px;background:var(--ink);margin-right:6px;vertical-align:middle}
    .status.complete{color:var(--good)}
    .status.diverged,.status.failed,.status.killed,.status.refused{color:var(--bad);font-weight:600}
    .status.running,.status.stopped,.status.rung{color:var(--warning)}
    .note{color:var(--quiet);font-size:13px}
    .good{color:var(--good)}
    .verdict{font-size:16px;font-weight:600}
    ul{padding-left:20px;margin:0 0 12px;max-width:90ch}
    .verdicts,.symptoms,.problems{list-style:none;padding:0}
    .verdicts li{font-size:16px;padding:3px 0 3px 12px;border-left:4px solid var(--link);margin-bottom:6px}
    .symptoms li,.problems li{padding:3px 0 3px 12px;border-left:4px solid var(--warning);margin-bottom:6px}
    .problems li{border-color:var(--bad)}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 16px;font-size:13px;margin:0}
    dt{color:var(--quiet)}
    dd{margin:0;overflow-wrap:anywhere}
    @media (max-width:520px){dl{grid-template-columns:1fr}dd{margin-bottom:6px}}
    .cell{display:block;padding:0 5px;border-radius:3px;text-align:right}
    .cell.own{font-weight:700}
    .cell.heat1{background:color-mix(in srgb,var(--ink1) 10%,var(--ground))}
    .cell.heat2{background:color-mix(in srgb,var(--ink1) 18%,var(--ground))}
    .cell.heat3{background:color-mix(in srgb,var(--ink1) 26%,var(--ground))}
    .cell.heat4{background:color-mix(in srgb,var(--ink1) 34%,var(--ground))}
    .cell.heat5{background:color-mix(in srgb,var(--ink1) 42%,var(--ground))}
    .grid+.controls,.grid+.card{margin-top:14px}
    .controls{display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;margin:0 0 12px;font-size:14px}
    [hidden]{display:none!important}
    .controls label{display:flex;gap:8px;align-items:center}
    input,button{font:inherit;color:inherit}
    input[type=search]{background:var(--ground);border:1px solid var(--edge);border-radius:6px;padding:4px 8px;min-width:0;max-width:100%}
    input[type=range]{accent-color:var(--link);max-width:100%}
    .controls>button{background:var(--panel);border:1px solid var(--edge);border-radius:6px;padding:4px 14px;cursor:pointer}
    #player input{width:min(420px,50vw)}
    .star{all:unset;cursor:pointer;padding:0 4px}
    .star[aria-pressed=true]{color:var(--warning)}
    .strips{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));gap:14px}
    .strips.single{display:block}
    .strip{min-width:0}
    .sheets{display:flex;gap:10px;overflow-x:auto;padding-bottom:6px}
    .sheet{flex:0 0 auto;max-width:100%}
    .sheet img{display:block;max-width:min(100%,560px);height:auto;background:#888}
    .strips:not(.single) .sheet img{max-width:260px;width:100%}
    .sheet figcaption{color:var(--quiet);font-size:13px}
    .playing .sheets{display:block;overflow:visible}
    .playing .sheet{display:none}
    .playing .sheet.on{display:block}
    .brush fieldset{border:1px solid var(--rule);border-radius:6px;padding:4px 8px;min-width:0;max-width:100%}
    .brush legend{font-size:12.5px;color:var(--quiet)}
    .brush input{width:110px}
    .off{display:none}
    .smooth-raw{opacity:.25}
    .smoothed{fill:none}
    .crosshair{stroke:var(--quiet);stroke-width:1}
    .readout{position:absolute;top:0;right:0;background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:2px 8px;font-size:12px;line-height:1.4;pointer-events:none;max-width:80%;white-space:pre-line}
    footer{color:var(--quiet);font-size:13px;padding-bottom:40px}
    """

  private static let paper = """
    @media print{
    body{font-size:11pt}
    header,main,footer{padding-left:0;padding-right:0}
    nav,.controls,.readout,.star{display:none!important}
    section{break-inside:auto}
    .card,.strip,tr{break-inside:avoid}
    h2,h3,h2+p,section>p:not(.note),.grid>p{break-after:avoid}
    p{break-inside:avoid}
    footer{break-before:avoid;padding-bottom:0}
    .scroll{overflow:visible}
    th,td{white-space:normal;overflow-wrap:anywhere;padding-right:6px}
    th{overflow-wrap:break-word}
    wbr{display:inline}
    td.number{overflow-wrap:normal}
    section>.scroll{break-inside:avoid}
    section>.scroll td:not(.number){min-width:5.5em}
    table{font-size:8.5pt}
    details::details-content{content-visibility:visible;display:block;height:auto}
    details>summary{color:var(--quiet)}
    .grid,.sheets,.playing .sheets{display:block;overflow:visible;orphans:1;widows:1}
    .grid>.card{display:inline-block;width:calc(50% - 8px);vertical-align:top;margin:0 4px 6px 0;padding:6px 6px 2px}
    .grid>.card.wide{display:block;width:auto}
    .grid>.card:not(.wide) .plot{width:88%}
    .grid td,.grid th{padding:0 3px 0 0;line-height:1.2}
    .grid th:nth-last-child(n+3){max-width:5em}
    .grid table,.grid .note{font-size:7pt}
    .grid .note,details{margin:2px 0}
    .on-screen{display:none}
    .sheet,.playing .sheet,.playing .sheet.on{display:none}
    .sheet.kept,.playing .sheet.kept{display:block}
    .sheet.kept img{max-width:210px}
    a{color:inherit;text-decoration:none}
    .off{display:table-row}
    path.off{display:inline}
    }
    @media (forced-colors:active){.key,.cell,mark{forced-color-adjust:none}}
    """
}
