/// The script of pages: what it adds to a page that is complete without it.
///
/// It asks the network for nothing, and keeps what a person chose behind the address's #.
enum PageScript {
  static let text =
    "(function(){\"use strict\";\n\(state)\n\(player)\n\(tables)\n\(PageFigureScript.text)\nshow();})();"

  /// What was chosen, as text behind the #.
  private static let state = """
    const $=(id)=>document.getElementById(id);
    const all=(query,from)=>[...(from||document).querySelectorAll(query)];
    const state=new URLSearchParams(location.hash.slice(1));
    const watchers=[];
    function keep(key,value){
      if(value===""||value===null||value===false)state.delete(key);else state.set(key,value);
      const text=state.toString();
      history.replaceState(null,"",text?"#"+text:location.pathname+location.search);
    }
    function show(){for(const watcher of watchers)watcher();}
    // A link to a part of the page is no state.
    if(document.getElementById(location.hash.slice(1)))for(const key of [...state.keys()])state.delete(key);
    addEventListener("hashchange",()=>{
      if(document.getElementById(location.hash.slice(1)))return;
      for(const key of [...state.keys()])state.delete(key);
      for(const [key,value] of new URLSearchParams(location.hash.slice(1)))state.set(key,value);
      show();
    });
    for(const element of all(".controls,.star"))element.hidden=false;
    for(const link of all("nav a"))link.addEventListener("click",(event)=>{
      event.preventDefault();
      const target=$(link.hash.slice(1));
      target.scrollIntoView();
      target.setAttribute("tabindex","-1");
      target.focus({preventScroll:true});
    });
    addEventListener("beforeprint",()=>{for(const details of all("details"))details.open=true;});
    function checkbox(id,key,change){
      const box=$(id);
      if(!box)return;
      box.addEventListener("change",()=>{keep(key,box.checked?"1":"");change(box.checked);});
      watchers.push(()=>{box.checked=state.get(key)==="1";change(box.checked);});
    }
    """

  /// One slider for the sheets of all runs.
  private static let player = """
    const strips=all(".strip");
    if(strips.length){
      const steps=[...new Set(all(".sheet").map((sheet)=>+sheet.dataset.step))].sort((a,b)=>a-b);
      const slider=$("step"),output=$("at"),button=$("play");
      slider.max=steps.length-1;
      document.body.classList.add("playing");
      let timer=0;
      function at(place){
        const step=steps[place];
        for(const strip of strips){
          const sheets=all(".sheet",strip);
          const before=sheets.filter((sheet)=>+sheet.dataset.step<=step);
          const on=before.length?before[before.length-1]:sheets[0];
          for(const sheet of sheets)sheet.classList.toggle("on",sheet===on);
        }
        slider.value=place;
        const text="step "+group(step)+", "+(place+1)+" of "+steps.length;
        output.textContent=text;
        slider.setAttribute("aria-valuetext",text);
      }
      function stop(){clearInterval(timer);timer=0;button.textContent="Play";}
      slider.addEventListener("input",()=>{stop();at(+slider.value);keep("step",steps[+slider.value]);});
      button.addEventListener("click",()=>{
        if(timer)return stop();
        button.textContent="Stop";
        let place=+slider.value===steps.length-1?-1:+slider.value;
        timer=setInterval(()=>{
          place+=1;
          at(place);
          if(place>=steps.length-1){stop();keep("step",steps[place]);}
        },400);
      });
      // Arrow keys move the slider wherever the sheets have the focus.
      for(const strip of all(".sheets"))strip.addEventListener("keydown",(event)=>{
        const change={ArrowLeft:-1,ArrowRight:1}[event.key];
        if(!change)return;
        event.preventDefault();
        stop();
        at(Math.min(steps.length-1,Math.max(0,+slider.value+change)));
        keep("step",steps[+slider.value]);
      });
      watchers.push(()=>{
        const wanted=state.has("step")?steps.indexOf(+state.get("step")):steps.length-1;
        at(wanted<0?steps.length-1:wanted);
      });
      if(steps.length<2)$("player").hidden=true;
    }
    function group(number){return String(number).replace(/\\B(?=(\\d{3})+$)/g,"\\u00a0");}
    """

  /// Tables that are sorted and filtered.
  private static let tables = """
    const operators={"<":(a,b)=>a<b,"<=":(a,b)=>a<=b,">":(a,b)=>a>b,">=":(a,b)=>a>=b,"=":(a,b)=>a===b,"!=":(a,b)=>a!==b};
    function key(cell){return cell.dataset.key!==undefined?cell.dataset.key:cell.textContent;}
    function number(text){return text.trim()===""?NaN:Number(text);}
    // What a filter asks of a row: conditions with "and" between them; other words have to be somewhere in it.
    function condition(text,heads){
      const parts=text.split(/\\s+and\\s+/i).map((part)=>part.trim()).filter(Boolean).map((part)=>{
        const found=part.match(/^(.+?)\\s*(<=|>=|!=|<|>|=)\\s*(.+)$/);
        if(!found)return(cells)=>cells.some((cell)=>key(cell).toLowerCase().includes(part.toLowerCase()));
        const name=found[1].toLowerCase(),wanted=found[3];
        const names=heads.map((head)=>(head.dataset.name||"").toLowerCase());
        let place=names.indexOf(name);
        if(place<0)place=names.findIndex((own)=>own.endsWith("."+name));
        if(place<0)place=names.findIndex((own)=>name.length>1&&own.includes(name));
        if(place<0)return null;
        const compare=operators[found[2]];
        return(cells)=>{
          const own=key(cells[place]);
          const both=[number(own),number(wanted)];
          if(both.every((value)=>!isNaN(value)))return compare(both[0],both[1]);
          if(found[2]!=="="&&found[2]!=="!=")return false;
          return compare(own.toLowerCase(),wanted.toLowerCase());
        };
      });
      return parts;
    }
    function sortable(table,stateKey){
      const heads=all("thead th",table),body=table.tBodies[0],rows=[...body.rows];
      function sort(place,isDown){
        const sorted=[...rows];
        if(place>=0)sorted.sort((a,b)=>{
          const [x,y]=[key(a.cells[place]),key(b.cells[place])],[m,n]=[number(x),number(y)];
          // What has no value comes last, whichever way.
          if((x===""||x==="–")!==(y===""||y==="–"))return x===""||x==="–"?1:-1;
          const order=!isNaN(m)&&!isNaN(n)?m-n:x.localeCompare(y);
          return isDown?-order:order;
        });
        body.append(...sorted);
        heads.forEach((head,number)=>number===place?head.setAttribute("aria-sort",isDown?"descending":"ascending"):head.removeAttribute("aria-sort"));
      }
      heads.forEach((head,place)=>{
        if(!head.textContent)return;
        const button=document.createElement("button");
        button.type="button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click",()=>{
          const isDown=head.getAttribute("aria-sort")==="ascending";
          sort(place,isDown);
          keep(stateKey,(isDown?"-":"")+place);
        });
      });
      watchers.push(()=>{
        const text=state.get(stateKey)||"";
        if(/^-?\\d+$/.test(text))sort(Math.min(heads.length-1,Math.abs(+text)),text[0]==="-");else sort(-1,false);
      });
      return {heads,rows};
    }
    function filtered(tableId,inputId,outputId,stateKey,change){
      const table=$(tableId);
      if(!table)return null;
      const {heads,rows}=sortable(table,stateKey+"-sort");
      const input=$(inputId),output=$(outputId);
      const extra=[];
      function apply(){
        const parts=condition(input.value,heads);
        const isWrong=parts.includes(null);
        let count=0;
        for(const row of rows){
          const cells=[...row.cells];
          const isOn=(isWrong||parts.every((part)=>part(cells)))&&extra.every((test)=>test(row));
          row.classList.toggle("off",!isOn);
          if(isOn)count+=1;
        }
        input.setAttribute("aria-invalid",String(isWrong));
        output.textContent=isWrong?"there is no such column":count===rows.length?"":count+" of "+rows.length;
        if(change)change(rows);
      }
      input.addEventListener("input",()=>{keep(stateKey,input.value);apply();});
      watchers.push(()=>{input.value=state.get(stateKey)||"";apply();});
      return {table,rows,extra,apply};
    }
    const runs=filtered("runs-table","filter","runs-found","filter",(rows)=>{
      const hidden=new Set(rows.filter((row)=>row.classList.contains("off")).map((row)=>row.dataset.run));
      for(const path of all("path[data-run]"))if(!path.closest(".parallel"))path.classList.toggle("off",hidden.has(path.dataset.run));
    });
    if(runs){
      checkbox("constants","constants",(isOn)=>{for(const cell of all(".constant",runs.table))cell.hidden=!isOn;});
      const stars=new Set();
      let only=false;
      runs.extra.push((row)=>!only||stars.has(row.dataset.run));
      for(const row of runs.rows){
        const button=row.querySelector(".star");
        button.addEventListener("click",()=>{
          const run=row.dataset.run;
          if(stars.has(run))stars.delete(run);else stars.add(run);
          keep("stars",[...stars].join(" "));
          paint();
        });
      }
      function paint(){
        for(const row of runs.rows){
          const button=row.querySelector(".star"),isOn=stars.has(row.dataset.run);
          button.setAttribute("aria-pressed",String(isOn));
          button.textContent=isOn?"★":"☆";
          row.cells[0].dataset.key=isOn?"0":"1";
        }
        runs.apply();
      }
      watchers.push(()=>{stars.clear();for(const run of (state.get("stars")||"").split(" ").filter(Boolean))stars.add(run);paint();});
      checkbox("starred","starred",(isOn)=>{only=isOn;runs.apply();});
    }
    const trials=filtered("trials-table","trial-filter","trials-found","trials",(rows)=>{
      const hidden=new Set(rows.filter((row)=>row.classList.contains("off")).map((row)=>row.dataset.trial));
      for(const path of all(".parallel path[data-run]"))path.classList.toggle("off",hidden.has(path.dataset.run));
    });
    checkbox("defaults","defaults",(isOn)=>{for(const row of all("#spec-table tr.standard"))row.hidden=!isOn;});
    """
}
