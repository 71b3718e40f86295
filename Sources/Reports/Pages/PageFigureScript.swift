/// The part of the script that is about figures: smoothing, values at the pointer, limits on parallel coordinates, the CSV.
enum PageFigureScript {
  static let text = [smoothing, pointer, brush, rest].joined(separator: "\n")

  /// TensorBoard's: s = a s + (1 - a) v from 0, and s / (1 - a^t) is drawn; a value that is none leaves a gap and s as it is.
  private static let smoothing = """
    const read=new WeakMap();
    function points(path){
      if(!read.has(path))read.set(path,parsed(path));
      return read.get(path);
    }
    function parsed(path){
      const pieces=[];
      for(const [,x,y,rest] of path.getAttribute("d").matchAll(/M(-?\\d+) (-?\\d+)(?:l([^MzZ]*))?/g)){
        let [a,b]=[+x,+y];
        const piece=[[a,b]],steps=(rest||"").match(/-?\\d+/g)||[];
        for(let i=0;i+1<steps.length;i+=2){a+=+steps[i];b+=+steps[i+1];piece.push([a,b]);}
        pieces.push(piece);
      }
      return pieces;
    }
    function axis(svg,name){
      const [least,greatest,kind]=svg.dataset[name].split(" ");
      const plot=svg.dataset.plot.split(" ").map(Number);
      const [start,length]=name==="x"?[plot[0],plot[2]]:[plot[1]+plot[3],-plot[3]];
      const isLog=kind==="logarithmic",of=(value)=>isLog?Math.log(value):value,back=(value)=>isLog?Math.exp(value):value;
      const [low,high]=[of(+least),of(+greatest)];
      return {
        value:(place)=>back(low+(place/10-start)/length*(high-low)),
        place:(value)=>Math.round((start+(of(value)-low)/(high-low)*length)*10),
      };
    }
    const curves=all("svg.plot[data-x]").filter((svg)=>svg.closest(".curves"));
    const smoothing=$("smoothing");
    if(smoothing){
      function smooth(weight){
        $("weight").textContent=weight?weight.toFixed(2):"off";
        for(const svg of curves){
          for(const old of all(".smoothed",svg))old.remove();
          const y=axis(svg,"y");
          for(const path of all("path.line,path.faint",svg)){
            if(!path.hasAttribute("data-name"))continue;
            path.classList.toggle("smooth-raw",weight>0);
            if(!weight)continue;
            let [mean,power]=[0,1],d="";
            for(const piece of points(path))piece.forEach(([x,place],number)=>{
              mean=weight*mean+(1-weight)*y.value(place);
              power*=weight;
              d+=(number?"L":"M")+x+" "+y.place(mean/(1-power));
            });
            const copy=path.cloneNode();
            copy.setAttribute("d",d);
            copy.classList.remove("smooth-raw");
            copy.classList.add("smoothed");
            copy.removeAttribute("data-name");
            path.after(copy);
          }
        }
      }
      smoothing.addEventListener("input",()=>{keep("smooth",+smoothing.value?smoothing.value:"");smooth(+smoothing.value);});
      watchers.push(()=>{smoothing.value=state.get("smooth")||0;smooth(+smoothing.value);});
    }
    """

  /// The values of lines at the step that is nearest to the pointer, to three digits: what can be read off a drawing.
  private static let pointer = """
    function readable(value){return Number(value.toPrecision(3)).toString();}
    for(const svg of curves){
      const x=axis(svg,"x"),y=axis(svg,"y"),plot=svg.dataset.plot.split(" ").map(Number);
      let line=null,readout=null;
      function leave(){if(line)line.remove();if(readout)readout.remove();line=readout=null;}
      svg.addEventListener("pointerleave",leave);
      svg.addEventListener("pointermove",(event)=>{
        const matrix=svg.getScreenCTM();
        if(!matrix)return;
        const wanted=new DOMPoint(event.clientX,event.clientY).matrixTransform(matrix.inverse()).x*10;
        let best=null;
        const lines=all("path[data-name]:not(.off)",svg).slice(0,60).map((path)=>({path,points:points(path).flat()}));
        for(const {points} of lines)for(const [place] of points)if(best===null||Math.abs(place-wanted)<Math.abs(best-wanted))best=place;
        if(best===null)return leave();
        const rows=lines.map(({path,points})=>{
          const found=points.find(([place])=>place===best);
          return found?path.dataset.name+"  "+readable(y.value(found[1])):"";
        }).filter(Boolean).slice(0,10);
        if(!line){
          line=document.createElementNS(svg.namespaceURI,"line");
          line.classList.add("crosshair");
          svg.append(line);
          readout=document.createElement("div");
          readout.className="readout";
          readout.setAttribute("aria-hidden","true");
          svg.parentNode.append(readout);
        }
        for(const [name,value] of [["x1",best/10],["x2",best/10],["y1",plot[1]],["y2",plot[1]+plot[3]]])line.setAttribute(name,value);
        readout.textContent="step "+group(Math.round(x.value(best)))+"\\n"+rows.join("\\n");
      });
    }
    """

  /// Limits on the axes of parallel coordinates, by sliders and by dragging along an axis.
  private static let brush = """
    const box=$("brush"),parallel=document.querySelector(".parallel svg");
    if(box&&parallel&&trials){
      const names=box.dataset.axes.split("\\n"),plot=parallel.dataset.plot.split(" ").map(Number);
      const limits=names.map(()=>[0,100]);
      const lines=all("path[data-run]",parallel).map((path)=>({
        run:path.dataset.run,
        places:new Map(points(path).flat().map(([x,y])=>[
          Math.round((x/10-plot[0])/plot[2]*(names.length-1)),100*(plot[1]+plot[3]-y/10)/plot[3]])),
      }));
      const byRun=new Map(lines.map((line)=>[line.run,line.places]));
      trials.extra.push((row)=>limits.every(([low,high],axis)=>{
        if(low===0&&high===100)return true;
        const places=byRun.get(row.dataset.trial),place=places&&places.get(axis);
        return place!==undefined&&place>=low-.5&&place<=high+.5;
      }));
      const sliders=names.map((name,axis)=>{
        const field=document.createElement("fieldset"),legend=document.createElement("legend");
        legend.textContent=name;
        field.append(legend);
        box.append(field);
        return ["from","to"].map((end,place)=>{
          const input=document.createElement("input");
          input.type="range";
          input.min=0;
          input.max=100;
          input.value=limits[axis][place];
          input.setAttribute("aria-label",name+" "+end+", percent of the axis");
          input.addEventListener("input",()=>{limits[axis][place]=+input.value;changed();});
          field.append(input);
          return input;
        });
      });
      function changed(){
        const isAny=limits.some(([low,high])=>low>0||high<100);
        keep("brush",isAny?limits.flat().join(" "):"");
        for(const [axis,pair] of sliders.entries())pair.forEach((input,place)=>{input.value=limits[axis][place];});
        trials.apply();
      }
      let dragged=null;
      function place(event){
        const at=new DOMPoint(event.clientX,event.clientY).matrixTransform(parallel.getScreenCTM().inverse());
        const share=100*(plot[1]+plot[3]-at.y)/plot[3];
        return {axis:Math.round((at.x-plot[0])/plot[2]*(names.length-1)),share:Math.min(100,Math.max(0,Math.round(share)))};
      }
      parallel.addEventListener("pointerdown",(event)=>{dragged=place(event);if(!limits[dragged.axis])dragged=null;});
      addEventListener("pointerup",(event)=>{
        if(!dragged)return;
        const end=place(event),isClick=Math.abs(end.share-dragged.share)<3;
        limits[dragged.axis]=isClick?[0,100]:[Math.min(end.share,dragged.share),Math.max(end.share,dragged.share)];
        dragged=null;
        changed();
      });
      watchers.push(()=>{
        const saved=(state.get("brush")||"").split(" ").map(Number);
        limits.forEach((limit,axis)=>{
          limit[0]=saved.length===2*names.length?saved[2*axis]:0;
          limit[1]=saved.length===2*names.length?saved[2*axis+1]:100;
        });
        for(const [axis,pair] of sliders.entries())pair.forEach((input,place)=>{input.value=limits[axis][place];});
        trials.apply();
      });
    }
    """

  /// The rows as a file, and a page that is being rewritten.
  private static let rest = """
    const csv=$("csv");
    if(csv){
      const button=$("download");
      button.addEventListener("click",()=>{
        const link=document.createElement("a");
        link.href=URL.createObjectURL(new Blob([csv.textContent],{type:"text/csv"}));
        link.download=button.dataset.name;
        link.click();
        URL.revokeObjectURL(link.href);
      });
    }
    if($("live")){
      checkbox("live","still",()=>{});
      setInterval(()=>{if(!$("live").checked)location.reload();},5000);
    }
    """
}
