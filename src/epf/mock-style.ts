/** The look of a managed form in the «Такси» interface. */
export const MOCK_STYLE = `
body { margin: 0; background: #fff; font: 13px Arial, "Liberation Sans", sans-serif; color: #1a1a1a; }
.window { width: 1240px; padding: 12px 18px 18px; box-sizing: border-box; }
.caption { font-size: 19px; margin: 2px 0 12px; }
.bar { display: flex; gap: 6px; align-items: center; margin: 0 0 12px; }
.bar.small { margin: 8px 0 6px; }
.button { border: 1px solid #b9b9b9; border-radius: 4px; background: linear-gradient(#fff, #f2f2f2); padding: 4px 12px; white-space: nowrap; }
.button.default { background: linear-gradient(#ffe95c, #ffdc00); border-color: #d8b800; font-weight: bold; }
.search { margin-left: auto; width: 170px; border: 1px solid #b9b9b9; border-radius: 4px; padding: 4px 8px; color: #9a9a9a; }
.group { margin: 0 0 10px; }
.group.weak, .group.normal { border-top: 1px solid #d8d8d8; padding-top: 8px; }
.heading { color: #2f7d32; font-weight: bold; margin-bottom: 8px; }
.horizontal { display: flex; gap: 16px; align-items: flex-start; }
.horizontal > .group { flex: 1; margin: 0; }
.vertical > * { margin-bottom: 6px; }
.field { display: flex; align-items: baseline; gap: 8px; min-height: 19px; }
.field.wide { flex: 1; }
.title { color: #4d4d4d; min-width: 92px; }
.input { flex: 1; display: flex; border: 1px solid #a0a0a0; border-radius: 3px; padding: 4px 6px; min-height: 15px; }
.hint { color: #9a9a9a; }
.choose { margin-left: auto; border-left: 1px solid #c8c8c8; padding: 0 4px 0 8px; color: #4d4d4d; }
.lines { flex: 1; margin: 0; border: 1px solid #a0a0a0; padding: 8px; min-height: 320px; font: inherit; white-space: pre-wrap; background: #fafafa; }
.check, .radio label { display: flex; align-items: center; gap: 6px; }
.radio { display: flex; gap: 14px; padding-top: 5px; }
.box { display: inline-block; width: 13px; height: 13px; border: 1px solid #8c8c8c; border-radius: 2px; font: bold 12px/13px Arial, sans-serif; text-align: center; color: #2f7d32; background: #fff; }
.dot { width: 12px; height: 12px; border: 1px solid #8c8c8c; border-radius: 50%; box-sizing: border-box; }
.dot.on { border: 4px solid #2f7d32; }
.text { margin: 4px 0; }
.pages { display: flex; flex-wrap: wrap; margin-top: 10px; }
.pages > input { display: none; }
.tab { order: 1; padding: 6px 16px; border: 1px solid #c8c8c8; border-bottom: 0; border-radius: 4px 4px 0 0; background: #f2f2f2; margin-right: 2px; }
.page { order: 2; display: none; width: 100%; border-top: 1px solid #c8c8c8; margin-top: -1px; padding-top: 4px; }
.pages > input:checked + .tab { background: #fff; font-weight: bold; }
.pages > input:checked + .tab + .page { display: block; }
.grid { border: 1px solid #c8c8c8; min-height: 230px; overflow: hidden; }
table { border-collapse: collapse; width: 100%; }
th { background: #f2f2f2; font-weight: normal; color: #4d4d4d; text-align: left; padding: 5px 8px; border-right: 1px solid #e0e0e0; border-bottom: 1px solid #c8c8c8; }
td { max-width: 150px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; padding: 4px 8px; border-right: 1px solid #efefef; border-bottom: 1px solid #efefef; }
tbody tr:first-child td { background: #fff3b8; }
.number { text-align: right; white-space: nowrap; }
.tick { text-align: center; }
`;
