/// How pages look: on a screen, on a phone, in the dark, and on paper.
enum HTMLStyle {
  static let text = """
    :root{color-scheme:light dark}
    html{font-size:16px}body{font:1rem/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0;color:#222;background:#fff}
    main{max-width:960px;margin:0 auto;padding:1rem}
    h1{font-size:1.4rem}h2{font-size:1.15rem;margin:1.2rem 0 .6rem}
    section{border-bottom:1px solid #ddd;padding-bottom:1rem}section:last-child{border:0}
    .wide{overflow-x:auto}.parts{display:none}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #e5e5e5;white-space:nowrap}
    th{border-bottom:2px solid #999}.n{text-align:right}.neg{color:#b3261e}.good{color:#1a7f37}
    figure{margin:0 0 .8rem;overflow-x:auto}svg{max-width:100%;height:auto}@media(min-width:760px){svg{width:640px}}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.8rem 0}
    dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
    .facts{font-size:.85rem}.note{color:#8a5a00;margin:.3rem 0}.count{color:#666;font-size:.85rem;margin:.3rem 0}
    pre{overflow-x:auto;background:#f6f6f6;padding:.6rem;font-size:.85rem}
    summary{cursor:pointer;color:#555}
    @media(max-width:520px){main{padding:.6rem}table{font-size:.88rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}th,td{padding:.2rem .4rem}}
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}th,td{border-color:#333}dt,.count,summary{color:#999}pre{background:#222}.note{color:#e0a93f}.neg{color:#ff8a80}.good{color:#6fdd8b}section{border-color:#333}}
    @media print{@page{margin:12mm}html{font-size:11px}body{color:#000;background:#fff}svg{width:420px}main{max-width:none;padding:0}details{display:none}.wide,figure{overflow:visible}table{font-size:.9rem}th,td{padding:.15rem .35rem}.many{display:none}.parts{display:block}.parts table{margin-bottom:.8rem}.parts td,.parts th{white-space:normal}h2{break-after:avoid}figure,tr,dl{break-inside:avoid}thead{display:table-header-group}}
    """
}
