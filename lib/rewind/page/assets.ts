// Made by `deno task page-assets`; what it is made from is edited instead.

/** Script of the page. */
export const SCRIPT: string = `"use strict";
(()=>{function color(name){return getComputedStyle(document.documentElement).getPropertyValue(name).trim()}
function onColors(listener){for(let media of["(prefers-color-scheme: dark)","print"])matchMedia(media).
addEventListener("change",listener)}var tones=new Map;function tone(name){return tones.has(name)||tones.set(name,color(name)),tones.get(
name)}var redraws=[],isWaiting=!1;function redraw(){isWaiting||(isWaiting=!0,requestAnimationFrame(drawAll))}
function drawAll(){isWaiting=!1;for(let draw of redraws)draw()}function keepDrawn(canvas,draw){let context=canvas.
getContext("2d");redraws.push(()=>{let{clientWidth:width,clientHeight:height}=canvas,ratio=globalThis.
devicePixelRatio||1,[wide,high]=[width,height].map(side=>Math.max(1,Math.round(side*ratio)));canvas.
width!==wide&&(canvas.width=wide),canvas.height!==high&&(canvas.height=high),context.setTransform(ratio,
0,0,ratio,0,0),context.clearRect(0,0,width,height),draw(context,width,height)}),new ResizeObserver(redraw).
observe(canvas)}function drawAnew(){tones.clear(),drawAll()}onColors(drawAnew);var MARK_PATHS=["M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z","M-4-4H4V4H-4Z","M0-5L5 0L0 5L-5 \\
0Z","M0-4.8L4.8 4H-4.8Z","M0 4.8L4.8-4H-4.8Z","M-1.7-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z"],
POLICY_DASHES=[[],[7,3],[2,3],[9,3,2,3],[4,4],[12,4]],KNOWN=["none","ping","rtt+interp","half-rtt+in\\
terp","source","acked","stamped","unity"];function policyLooks(texts){let taken2=new Set;return texts.
map(text2=>{let look=lookOf(text2);for(let step=0;step<MARK_PATHS.length;step++){let mark2=(look.mark+
step)%MARK_PATHS.length,key=\`\${look.color} \${mark2}\`;if(!taken2.has(key))return taken2.add(key),{color:look.
color,mark:mark2}}return look})}function lookOf(text2){let known=KNOWN.indexOf(text2.includes(":")?text2.
slice(0,text2.indexOf(":")):text2);if(known>=0)return{color:known,mark:known%MARK_PATHS.length};let hash=hashOf(
text2);return{color:KNOWN.length+hash%(14-KNOWN.length),mark:(hash>>>8)%MARK_PATHS.length}}var BASIS=2166136929;
function hashOf(text2){let hash=BASIS;for(let i=0;i<text2.length;i++)hash=Math.imul(hash^text2.charCodeAt(
i),16777619);return hash=Math.imul(hash^hash>>>15,739982445),(hash^hash>>>13)>>>0}function shorterArc(from2,to){let rest=(to-from2)%360;return rest>180?rest-360:rest<=-180?rest+360:rest}
function yawBetween(from2,to,part){return from2+shorterArc(from2,to)*part}function unitRotation(rotation){
let length=Math.hypot(...rotation)||1;return rotation.map(value=>value/length)}function rotationBetween(from2,to,part){
let dot3=from2.reduce((sum,value,i)=>sum+value*to[i],0),angle=Math.acos(Math.min(1,Math.abs(dot3))),
sin=Math.sin(angle),a=sin>1e-6?Math.sin((1-part)*angle)/sin:1-part,b=(sin>1e-6?Math.sin(part*angle)/
sin:part)*(dot3<0?-1:1);return unitRotation(from2.map((value,i)=>a*value+b*to[i]))}function turnedBy({
rotation,yaw},up,[x,y,z]){if(rotation){let[qx,qy,qz,qw]=rotation,[tx,ty,tz]=[2*(qy*z-qz*y),2*(qz*x-qx*
z),2*(qx*y-qy*x)];return[x+qw*tx+qy*tz-qz*ty,y+qw*ty+qz*tx-qx*tz,z+qw*tz+qx*ty-qy*tx]}let turn=yaw*Math.
PI/180,[cos,sin]=[Math.cos(turn),Math.sin(turn)],[a,b]=[(up+1)%3,(up+2)%3],turned=[x,y,z],[first,second]=[
turned[a],turned[b]];return turned[a]=first*cos-second*sin,turned[b]=first*sin+second*cos,turned}function shapesBetween(early,late,part){return early===late?early:early.map((shape,i)=>{let next=shape===
null?void 0:partnerOf(shape,i,early,late);return next===void 0?shape:shapeBetween(shape,next,part)})}
function partnerOf(shape,index,early,late){return late[index]?late[index]:late.find((other,i)=>other&&
early[i]===null&&other.shape===shape.shape&&other.name===shape.name)}function shapeBetween(from2,to,part){
let between=(a,b)=>a+(b-a)*part,mixed={...from2};for(let[key,value]of Object.entries(from2))typeof value==
"number"&&(mixed[key]=between(value,to[key])),Array.isArray(value)&&(mixed[key]=value.map((number,k)=>between(
number,to[key][k])));return mixed}function unpackTrack(track,page2){let{kinds,poses,shapeLists}=page2,{jumps,kind,rotation,shapes,x,y,
yaw,z}=track;return{...track,x:summed(x,poses.quantum),y:summed(y,poses.quantum),z:summed(z,poses.quantum),
yaw:yaw&&summed(yaw,.1),rotation:rotation?.map(axis=>summed(axis,1e-4)),jumps:new Set(jumps),shapes:shapes===
void 0?Array(x.length).fill(kinds[kind].shapes):spread(shapes,shapeLists,x.length)}}function summed(steps,unit2){
let sum=0;return Float64Array.from(steps,step=>(sum+=step)*unit2)}function spread(changes,lists,length){
let spreadOut=Array(length).fill([]);for(let i=0;i<changes.length;i+=2)spreadOut.fill(lists[changes[i+
1]],changes[i]);return spreadOut}function rowOf({flips,id,jumps,kind,rotation,shapes,x,y,yaw,z},i){return{
id,kind,x:x[i],y:y[i],z:z[i],yaw:yaw===void 0?0:yaw[i],rotation:rotation&&unitRotation(rotation.map(
axis=>axis[i])),isAlive:flips.filter(at=>at<=i).length%2===0,shapes:shapes[i],goesOn:i+1<x.length&&!jumps.
has(i)}}function poseOnTrack(track,i,part){let from2=rowOf(track,i);if(!from2.goesOn||!(part>0))return from2;
let to=rowOf(track,i+1);return{...from2,x:from2.x+(to.x-from2.x)*part,y:from2.y+(to.y-from2.y)*part,
z:from2.z+(to.z-from2.z)*part,yaw:yawBetween(from2.yaw,to.yaw,part),rotation:from2.rotation&&rotationBetween(
from2.rotation,to.rotation,part),shapes:to.isAlive?shapesBetween(from2.shapes,to.shapes,part):from2.
shapes}}var page=JSON.parse(document.getElementById("page").textContent),{frames,timesMs}=page.poses,tracks=new Map;
for(let track of page.poses.tracks)tracks.has(track.id)||tracks.set(track.id,[]),tracks.get(track.id).
push(unpackTrack(track,page));function indexAtMs(timeMs){let low=-1,high=timesMs.length-1;for(;low<high;){
let middle=low+high+1>>1;timesMs[middle]<=timeMs?low=middle:high=middle-1}return low}function frameAtMs(timeMs){
let i=Math.max(0,indexAtMs(timeMs));if(i+1>=frames.length||timesMs[i+1]<=timesMs[i])return frames[i];
let part=Math.max(0,(timeMs-timesMs[i])/(timesMs[i+1]-timesMs[i]));return(frames[i]+(frames[i+1]-frames[i]>>>
0)*part)%2**32}function poseAtMs(id,timeMs){let index=indexAtMs(timeMs),track=trackAt(id,index);if(track===
void 0)return;let part=(timeMs-timesMs[index])/(timesMs[index+1]-timesMs[index]);return poseOnTrack(
track,index-track.start,part)}function trailOf(id,fromMs,toMs){let trail=[];for(let index=Math.max(0,
indexAtMs(fromMs));index<frames.length&&!(timesMs[index]>toMs);index++){let track=timesMs[index]<fromMs?
void 0:trackAt(id,index);track!==void 0&&trail.push(rowOf(track,index-track.start))}return trail}function trackAt(id,index){
if(!(index<0))return tracks.get(id)?.find(({start,x})=>start<=index&&index<start+x.length)}var looks=policyLooks(page.policies.map(({policy})=>policy)),SVG="http://www.w3.org/2000/svg";function policyColor(index){
return color(\`--policy-\${looks[index].color}\`)}function policyDash(index){return POLICY_DASHES[looks[index].
mark]}function policyMark(index){return MARK_PATHS[looks[index].mark]}function markNode(index,isFilled=!0){
let mark2=document.createElementNS(SVG,"svg");mark2.setAttribute("class",isFilled?"mark":"mark hollo\\
w"),mark2.setAttribute("viewBox","-6 -6 12 12"),mark2.setAttribute("aria-hidden","true"),mark2.style.
color=\`var(--policy-\${looks[index].color})\`;let path=document.createElementNS(SVG,"path");return path.
setAttribute("d",policyMark(index)),mark2.append(path),mark2}function element(tag,className,...children){let node=document.createElement(tag);return className&&(node.
className=className),node.append(...children),node}var FONT="11.5px system-ui, sans-serif",HEIGHT=17,PADDING=11,widths=new Map;function measured(context,wishes){
return context.font=FONT,wishes.map(wish=>({...wish,width:widthOf(context,wish.text),briefWidth:widthOf(
context,wish.brief??wish.text),height:HEIGHT}))}function widthOf(context,text2){return widths.has(text2)||
(widths.size>2e3&&widths.clear(),widths.set(text2,Math.ceil(context.measureText(text2).width)+PADDING)),
widths.get(text2)}function showLabels(list2,placed){for(;list2.children.length>placed.length;)list2.
lastChild.remove();placed.forEach(({place,wish},i)=>{let item=list2.children[i]??list2.appendChild(element(
"li",""));item.textContent!==wish.text&&(item.textContent=wish.text);let{style}=item;style.transform=
\`translate(\${Math.round(place.left)}px, \${Math.round(place.top)}px)\`,style.width=\`\${wish.width}px\`,style.
borderLeftColor=wish.tone})}function showLeft({leftCount,leftList},wishes){let texts=wishes.map(({text:text2})=>text2);
for(;leftList.children.length>texts.length;)leftList.lastChild.remove();texts.forEach((text2,i)=>{let item=leftList.
children[i]??leftList.appendChild(element("li",""));item.textContent!==text2&&(item.textContent=text2)});
let count=texts.length===0?"":\`+\${texts.length} without a label\`;return leftCount.textContent===count?
!1:(leftCount.textContent=count,leftCount.hidden=count==="",!0)}var UNSEEN=/(?!(?<=\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d\\p{Extended_Pictographic})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]/gu,
CUT_INSIDE=/[\\ud800-\\udbff\\u200d]+$/;function visibleText(text2,charactersMax=1/0){return(text2.length<=
charactersMax?text2:\`\${text2.slice(0,charactersMax-1).replace(CUT_INSIDE,"")}…\`).replace(UNSEEN,character=>\`\\
\\\\u{\${character.codePointAt(0).toString(16)}}\`)}function nameOf(entity){return visibleText(page.names?.[entity]??String(entity))}function numberText(value,digitsMax=2){return String(Number(value.toFixed(digitsMax)))}function unitsText(value){
return Math.abs(value)<.1?String(Number(value.toPrecision(2))):numberText(value)}function verdictText(verdict){
return verdict===void 0?"unknown":verdict===null?"miss":verdict==="hit"?"hit":\`hit \${nameOf(verdict)}\`}var UNMOVED={zoom:1,right:0,up:0};function cameraOf(box,{height,left=0,margin,width},moved=UNMOVED){
let spanX=Math.max(box.right-box.left,1e-9),spanY=Math.max(box.high-box.low,1e-9),room=side=>Math.max(
side-2*margin,side/2,1),fit=Math.min(room(width-left)/spanX,room(height)/spanY),middle=(width+left)/
2,scale=fit*moved.zoom,middleX=(box.left+box.right)/2+moved.right,middleY=(box.low+box.high)/2+moved.
up;return{fit,middle,scale,width,height,x:u=>middle+(u-middleX)*scale,y:v=>height/2-(v-middleY)*scale,
u:x=>middleX+(x-middle)/scale,v:y=>middleY-(y-height/2)/scale}}function panned(moved,{fit},right,down){
let scale=fit*moved.zoom;return{...moved,right:moved.right-right/scale,up:moved.up+down/scale}}function zoomed(moved,{
fit,height,middle},factor,x,y){let zoom2=Math.min(256,Math.max(.0625,moved.zoom*factor)),part=(1/moved.
zoom-1/zoom2)/fit;return{zoom:zoom2,right:moved.right+(x-middle)*part,up:moved.up-(y-height/2)*part}}
function readableStep(scale,pixelsMin){let least=pixelsMin/scale,power=10**Math.floor(Math.log10(least));
return[1,2,5,10].find(times2=>times2*power>=least*(1-1e-9))*power}var LEFT=44,TOP=26,BOTTOM=36;function curveScale(sweep,shares,{height,labels,width}){let{rewindMs:firstMs}=sweep[0],
{rewindMs:lastMs}=sweep.at(-1),lowest=Math.min(...sweep.map(({accuracy})=>accuracy),...shares),low=Math.
max(0,Math.floor(lowest*20-.2)/20),right=width-labels-8,bottom=height-BOTTOM;return{left:LEFT,right,
top:TOP,bottom,low,firstMs,lastMs,x:ms=>LEFT+(ms-firstMs)/(lastMs-firstMs||1)*(right-LEFT),y:share=>TOP+
(1-share)/(1-low||1)*(bottom-TOP),ms:x=>firstMs+(x-LEFT)/(right-LEFT||1)*(lastMs-firstMs)}}function shareTicks(low){
let step=1-low>.4?.2:1-low>.15?.1:.05;return Array.from({length:Math.floor((1-low)/step+1e-9)+1},(_,i)=>1-
i*step)}function rewindTicks({firstMs,lastMs,left,right}){let step=readableStep((right-left)/(lastMs-
firstMs||1),48),first=Math.ceil(firstMs/step),count=Math.floor(lastMs/step+1e-9)-first+1;return Array.
from({length:Math.max(0,count)},(_,i)=>(first+i)*step)}var CHARACTERS_MAX=18,JOINED_MAX=8;function shortText(text2,most=CHARACTERS_MAX){let characters=charactersOf(
text2);if(widthOf2(characters)<=most)return characters.join("");let head=taken(characters,Math.ceil(
(most-1)/2)),rest=characters.slice(head.length).reverse(),tail=taken(rest,most-1-widthOf2(head)).reverse();
return\`\${head.join("")}…\${tail.join("")}\`}function charactersOf(text2){return[...new Intl.Segmenter().
segment(text2)].flatMap(({segment})=>{let points=Array.from(segment);return points.length>JOINED_MAX?
points.map(point=>visibleText(point)):visibleText(segment)})}function taken(characters,most){let count=0;
for(;count<characters.length&&widthOf2(characters.slice(0,count+1))<=most;)count++;return characters.
slice(0,count)}function widthOf2(characters){return characters.reduce((sum,text2)=>sum+(text2.includes(
"\\\\u{")?text2.length:1),0)}var state={shot:page.shots[0],rewindMs:0,shown:new Set(page.policies.map((_,i)=>i))},listeners=[];function onChange(listener){
listeners.push(listener)}function tell(what){for(let listener of listeners)listener(what)}function chooseShot(shot){
state.shot=shot,state.rewindMs=rewindOf(shot),tell("shot")}function rewindOf(shot){let used=shot.results.
filter(result=>result!==null).map(result=>result.usedMs);return Math.min(reachOf(shot),used.find(ms=>ms>
0)??0)}function reachOf({reachMs}){return reachMs??page.scrubMs}function chooseRewind(ms){state.rewindMs=
Math.min(Math.max(ms,0),reachOf(state.shot)),tell("rewind")}function togglePolicy(index){state.shown.
delete(index)||state.shown.add(index),tell("policies")}function differs(result){return result!==null&&
result.cause!==void 0&&result.cause!=="agrees"}function isDisputed({results},policy){return policy===
void 0?results.some(differs):differs(results[policy])}function victimAt(shot,rewindMs){let span=shot.
spans.find(([fromMs,toMs])=>fromMs<=rewindMs&&rewindMs<=toMs);return span===void 0?null:span[2]}function subjectsOf(shot){
let ids=new Set;for(let result of shot.results)for(let[id]of result?.targets??[])ids.add(id);for(let[
,,victim]of shot.spans)victim!==null&&ids.add(victim);for(let[id]of shot.view?.targets??[])ids.add(id);
typeof shot.game=="number"&&ids.add(shot.game);for(let id of shot.others??[])ids.add(id);return ids.
delete(shot.shooter),[...ids]}function percentText(share){return\`\${numberText(share*100,1)} %\`}function listenToCurve(canvas,best,policies){
let{sweep}=page,line=document.getElementById("reading"),curve={scale:void 0,read:void 0};canvas.setAttribute(
"aria-label",curveSentences(best,policies));let read=(point,isScrubbed=!1)=>{curve.read=point,line.textContent=
readingText(point,best,isScrubbed),redraw()},scrub=()=>{curve.read===void 0||state.shot===void 0||(chooseRewind(
curve.read.rewindMs),read(curve.read,!0))},readAt=({offsetX})=>{let point=curve.scale&&nearest(sweep,
curve.scale.ms(offsetX));point!==void 0&&point!==curve.read&&read(point)};canvas.addEventListener("p\\
ointermove",readAt),canvas.addEventListener("click",event=>{readAt(event),scrub()});for(let end of["\\
pointerleave","blur"])canvas.addEventListener(end,()=>read(void 0));return listenToKeys(canvas,curve,
{best,read,scrub}),read(void 0),curve}function listenToKeys(canvas,curve,{best,read,scrub}){let{sweep}=page,
places={ArrowLeft:at=>at-1,ArrowRight:at=>at+1,PageUp:at=>at+10,PageDown:at=>at-10,Home:()=>0,End:()=>sweep.
length-1};canvas.addEventListener("keydown",event=>{if(event.ctrlKey||event.metaKey||event.altKey)return;
let isScrub=event.key==="Enter"||event.key===" ",place=places[event.key];if(!isScrub&&place===void 0)
return;if(event.preventDefault(),event.stopPropagation(),isScrub)return scrub();let at=place(sweep.indexOf(
curve.read??best));read(sweep[Math.min(Math.max(at,0),sweep.length-1)])})}function nearest(sweep,ms){
return sweep.reduce((a,b)=>Math.abs(b.rewindMs-ms)<Math.abs(a.rewindMs-ms)?b:a)}function pointText({
accuracy,rewindMs}){return\`\${numberText(rewindMs,1)} ms back: \${percentText(accuracy)} of the shots \\
agree\`}function readingText(point,best,isScrubbed){if(point===void 0)return\`Best \${pointText(best)}.\`;
if(state.shot===void 0)return\`\${pointText(point)}.\`;let shot=\`shot \${state.shot.index}\`;return isScrubbed?
\`\${pointText(point)}; \${shot} is scrubbed to there.\`:\`\${pointText(point)}; a click scrubs \${shot} to\\
 there.\`}function curveSentences(best,policies){let[first]=page.sweep,named=policies.map(({accuracy,
policy})=>\`\${policy} \${percentText(accuracy)}\`);return visibleText([\`Accuracy over rewind: best \${pointText(
best)}, \${pointText(first)}, \${pointText(page.sweep.at(-1))}.\`,...named.length===0?[]:[\`Policies: \${named.
join(", ")}.\`],"Arrows read values, Enter scrubs the shot to one."].join(" "))}function spreadEnds(wanted,gap,top,bottom){let room=Math.max(0,Math.floor((bottom-top)/gap+1e-9)+1),
order=wanted.map((_,i)=>i).sort((a,b)=>wanted[a]-wanted[b]).slice(0,room),ends=Array(wanted.length).
fill(void 0),before=top-gap;for(let i of order)before=ends[i]=Math.max(before+gap,wanted[i]);let after=bottom+
gap;for(let i of order.reverse())after=ends[i]=Math.min(after-gap,ends[i]);return ends}var LEADER=14,GAP=18;function widthOfEnds(context,policies,width){if(policies.length===0)return 0;let wishes=wishesOf(
context,policies,width),[rest]=measured(context,[{text:restText(policies.length)}]),all=policies.length<
6?wishes:[...wishes,rest];return Math.max(...all.map(wish=>wish.width))+LEADER}function endLabels(context,policies,{
bottom,right,top,y},width){let wishes=wishesOf(context,policies,width),wanted=policies.map(({accuracy})=>y(
accuracy)),heights=spreadEnds(wanted,GAP,top,bottom),left=heights.filter(height=>height===void 0).length,
lowest=heights.indexOf(Math.max(...heights.filter(height=>height!==void 0)));return wishes.flatMap((wish,i)=>{
let middle=heights[i];if(middle===void 0)return[];let isLast=left>0&&i===lowest,place={left:right+LEADER,
top:middle-8.5,bottom:middle+8.5},[shown2]=isLast?measured(context,[{text:restText(left+1),tone:wish.
tone}]):[wish];return[{wish:shown2,place,end:[right,wanted[i]]}]})}function restText(count){return\`+\${count}\\
 lower\`}function wishesOf(context,policies,width){let isNarrow=width<420;return measured(context,policies.
map(({accuracy,index,policy})=>({text:isNarrow?shortText(policy,12):\`\${shortText(policy,16)} \${percentText(
accuracy)}\`,tone:policyColor(index)})))}function drawCurve(){let canvas=document.getElementById("curve");if(canvas===null||page.sweep.length<
2)return;let{sweep}=page,policies=page.policies.flatMap(({accuracy,policy},index)=>accuracy===null?[]:
[{accuracy,policy,index}]),best=sweep.reduce((a,b)=>b.accuracy>a.accuracy?b:a),curve=listenToCurve(canvas,
best,policies),list2=canvas.parentElement.querySelector(".labels");keepDrawn(canvas,(context,width,height)=>{
let shares=policies.map(({accuracy})=>accuracy),labels=widthOfEnds(context,policies,width),scale=curveScale(
sweep,shares,{width,height,labels});curve.scale=scale,drawAxes(context,scale);let ends=endLabels(context,
policies,scale,width);policies.forEach(policy=>drawPolicy(context,scale,policy)),drawLeaders(context,
ends),showLabels(list2,ends),drawSweep(context,scale,sweep),dot(context,scale.x(best.rewindMs),scale.
y(best.accuracy)),curve.read!==void 0&&drawReading(context,scale,curve.read)})}function drawAxes(context,scale){
let{bottom,left,low,right,x,y}=scale;context.strokeStyle=tone("--grid");for(let share of shareTicks(
low))stroke(context,[[left,y(share)],[right,y(share)]],1),text(context,numberText(share*100,0),left-
7,y(share)+4,"right");for(let ms of rewindTicks(scale))context.strokeStyle=tone("--soft"),stroke(context,
[[x(ms),bottom],[x(ms),bottom+4]],1),text(context,numberText(ms),x(ms),bottom+16,"center");let cut=low>
0?\`, from \${numberText(low*100,0)}\`:"";text(context,\`% of shots\${cut}\`,3,14,"left"),text(context,"ms\\
 back",right,bottom+31,"right")}function drawPolicy(context,{left,right,y},{accuracy,index}){context.
strokeStyle=policyColor(index),context.setLineDash(policyDash(index)),stroke(context,[[left,y(accuracy)],
[right,y(accuracy)]],1.5),context.setLineDash([])}function drawLeaders(context,ends){for(let{end,place,
wish}of ends)context.strokeStyle=wish.tone,stroke(context,[end,[place.left,(place.top+place.bottom)/
2]],1)}function drawSweep(context,{x,y},sweep){context.strokeStyle=tone("--scrub"),stroke(context,sweep.
map(({accuracy,rewindMs})=>[x(rewindMs),y(accuracy)]),2.2)}function drawReading(context,{bottom,top,
x,y},{accuracy,rewindMs}){context.strokeStyle=tone("--ink"),stroke(context,[[x(rewindMs),top],[x(rewindMs),
bottom]],1),dot(context,x(rewindMs),y(accuracy))}function dot(context,x,y){context.fillStyle=tone("-\\
-scrub"),context.beginPath(),context.arc(x,y,4,0,2*Math.PI),context.fill()}function stroke(context,points,width){
context.lineWidth=width,context.beginPath(),points.forEach(([x,y],i)=>i===0?context.moveTo(x,y):context.
lineTo(x,y)),context.stroke()}function text(context,words,x,y,align){context.font="11.5px system-ui,\\
 sans-serif",context.textAlign=align,context.strokeStyle=tone("--card"),context.lineWidth=5,context.
lineJoin="round",context.strokeText(words,x,y),context.fillStyle=tone("--soft"),context.fillText(words,
x,y)}var listeners2=[],shown=page.shots;function onFilter(listener){listeners2.push(listener)}function shownShots(){
return shown}function chosenPolicy(){let{value}=control("policy");return value===""?void 0:Number(value)}
function listenToFilters(){page.policies.forEach(({policy},i)=>{let option=element("option","",visibleText(
policy,80));option.value=i,control("policy").append(option)});for(let filter of document.querySelectorAll(
"[data-filter]"))filter.addEventListener("change",()=>{applyFilters(),shown.length>0&&!shown.includes(
state.shot)&&chooseShot(shown[0])});document.getElementById("all-shots").addEventListener("click",()=>{
showAllShots(),document.getElementById("shots").focus()}),applyFilters()}function filterByPolicy(text2){
let index=page.policies.findIndex(({policy})=>policy===text2);return index<0?!1:(control("policy").value=
String(index),applyFilters(),!0)}function showAllShots(){control("cause").value="",control("game").value=
"",control("differs").checked=!1,applyFilters()}function control(name){return document.querySelector(
\`[data-filter='\${name}']\`)}function applyFilters(){countCauses();let policy=chosenPolicy(),cause=control(
"cause").value;shown=shotsOfAnyCause().filter(shot=>cause===""||resultsOf(shot,policy).some(result=>result?.
cause===cause)),document.getElementById("no-shots").hidden=shown.length>0,document.getElementById("s\\
hot-count").textContent=\`\${shown.length} of \${page.shots.length}\`;for(let listener of listeners2)listener(
"filter")}function shotsOfAnyCause(){let policy=chosenPolicy(),game=control("game").value,onlyDisputed=control(
"differs").checked;return page.shots.filter(shot=>(!onlyDisputed||isDisputed(shot,policy))&&(game===
""||game===(shot.game===void 0?"unknown":verdictKind(shot))))}function verdictKind({game}){return game===
null?"miss":"hit"}function resultsOf({results},policy){return policy===void 0?results:[results[policy]]}
function isCause(word){return page.shots.some(({results})=>results.some(result=>result?.cause===word))}
function countCauses(){let policy=chosenPolicy(),counts=new Map;for(let shot of shotsOfAnyCause()){let causes2=new Set(
resultsOf(shot,policy).map(result=>result?.cause));for(let cause of causes2)counts.set(cause,(counts.
get(cause)??0)+1)}let select=control("cause"),before=select.value;before!==""&&isCause(before)&&!counts.
has(before)&&counts.set(before,0);let options=[...counts].filter(([cause])=>cause!==void 0&&cause!==
"agrees").sort(([a,n],[b,m])=>m-n||(a<b?-1:1)).map(([cause,count])=>{let option=element("option","",
\`\${cause} (\${count})\`);return option.value=cause,option});select.replaceChildren(select.options[0],...options),
select.value=counts.has(before)?before:""}function shotAfter(step){let shown2=shownShots(),at=placeOf(shown2,step);return shown2[Math.min(Math.
max(at+step,0),shown2.length-1)]}function disputedAfter(step){let shown2=shownShots(),policy=chosenPolicy();
for(let at=placeOf(shown2,step)+step;at>=0&&at<shown2.length;at+=step)if(isDisputed(shown2[at],policy))
return shown2[at]}function placeOf(shown2,step){let at=shown2.findIndex(({index})=>index>=state.shot.
index);return at<0?step>0?shown2.length-1:shown2.length:shown2[at]===state.shot||step<0?at:at-1}function farSentence(ms){let reachMs=reachOf(state.shot);if(ms<=reachMs)return;let most=\`\${numberText(
reachMs,1)} ms back at most\`;return\`Shot \${state.shot.index} can be scrubbed \${most}, not \${numberText(
ms,1)} ms.\`}function pageAddress(path){if(!(path.length>200||!/[^/]\\.html?$/i.test(path))&&!(path.startsWith("/")||
path.includes("//")||/[\\\\:\\u0000-\\u001f\\u007f]/.test(path)))try{return path.split("/").map(encodeURIComponent).
join("/")}catch{return}}var LENGTH_MAX=1e3,PLACE=/^(?:(shot|frame)-(\\d{1,12})|(time)-(-?\\d{1,16}(?:\\.\\d{1,6})?))$/;function readHash(hash){
let text2=hash.replace(/^#/,"");if(text2==="")return;let shown2=\`“\${visibleText(text2,60)}”\`,[place,
...parts]=text2.slice(0,LENGTH_MAX).split("&"),match=PLACE.exec(place);if(match===null||text2.length>
LENGTH_MAX)return{wrong:\`The link's \${shown2} names no shot; #shot-61, #frame-895 and #time-14221 (m\\
s) do.\`};let[,whole,index,time,ms]=match,asked={place:{kind:whole??time,value:Number(index??ms)}};for(let part of parts)
readPart(asked,part)||(asked.wrong??=part===""?"An empty part of the link, beside an &, is left asid\\
e.":\`The link's “\${visibleText(part,60)}” is left aside: it is none of back=MS, policy=TEXT and fr\\
om=PAGE.html.\`);return asked}function readPart(asked,part){let equals=part.indexOf("="),value=decoded(
part.slice(equals+1));switch(equals<0||value===void 0?"":part.slice(0,equals)){case"back":return/^\\d{1,7}(\\.\\d{1,3})?$/.
test(value)?(asked.backMs=Number(value),!0):!1;case"policy":return asked.policy=value,!0;case"from":{
let name=decoded(value),address=name===void 0?void 0:pageAddress(name);return address===void 0?!1:(asked.
from={name,address},!0)}default:return!1}}function decoded(text2){try{return decodeURIComponent(text2)}catch{
return}}function hashText({backMs,from:from2,policy,shot}){return[\`#shot-\${shot}\`,...backMs===void 0?
[]:[\`back=\${Number(backMs.toFixed(3))}\`],...policy===void 0?[]:[\`policy=\${encodeURIComponent(policy)}\`],
...from2===void 0?[]:[\`from=\${encodeURIComponent(from2.address)}\`]].join("&")}function nearestShot(shots2,{kind,value},shotCount){if(kind==="shot"){let shot=shots2.find(({index})=>index===
value);if(shot!==void 0)return{shot};let last=Math.max(shotCount-1,...shots2.slice(-1).map(({index})=>index)),
why=value<=last?\`is not on this page, which holds \${shots2.length} of \${shotCount}\`:\`does not exist:\\
 they are 0 to \${last}\`;return{note:\`Shot \${value} \${why}.\`}}let place=kind==="frame"?({frame})=>frame:
({timeMs})=>timeMs,nearest3=shots2[0];for(let shot of shots2)Math.abs(place(shot)-value)<Math.abs(place(
nearest3)-value)&&(nearest3=shot);let off=Number((place(nearest3)-value).toFixed(1));if(off===0)return{
shot:nearest3};let[asked,unit2]=kind==="frame"?[\`frame \${value}\`,Math.abs(off)===1?"frame":"frames"]:
[\`\${value} ms\`,"ms"],far=\`\${Math.abs(off)} \${unit2} \${off<0?"before":"after"} it\`;return{shot:nearest3,
note:\`The shot nearest to \${asked} is \${far}: shot \${nearest3.index}.\`}}var link=document.getElementById("to-report"),own=link.getAttribute("href");function linkReport(from2){
let address=from2?.address??own;if(link.parentElement.hidden=address===null,address===null)return;let{
timeMs}=state.shot,when=\`\${numberText(timeMs/1e3,2)} s\`;link.href=\`\${address}#time-\${Math.round(timeMs)}\`,
link.textContent=from2===void 0?\`\${when} in the report of this recording\`:\`back to the report, at \${when}\\
 (\${visibleText(from2.name,60)})\`}var SETTLED_MS=200,from,timer,isOpening=!1;function followLinks(start){addEventListener("hashchange",
()=>{isPartOfPage()?say(void 0):openLink(start)}),openLink(start),onChange(writeSoon),onFilter(writeSoon),
document.getElementById("copy-link").addEventListener("click",copyLink)}var PASSING_MS=6e3,passing;function say(sentence2,isPassing=!1){
let note=document.getElementById("link-note");note.textContent=sentence2??"",note.hidden=sentence2===
void 0,note.classList.toggle("passing",isPassing),clearTimeout(passing),isPassing&&sentence2!==void 0&&
(passing=setTimeout(()=>say(void 0),PASSING_MS))}function openShot(shot){let isHidden=!shownShots().
includes(shot);return isHidden&&showAllShots(),chooseShot(shot),isHidden?\`The filters left out shot \${shot.
index}: they are taken off.\`:void 0}function openLink(start){let asked=isPartOfPage()?void 0:readHash(
location.hash);isOpening=!0,asked===void 0?(chooseShot(start),say(void 0)):(from=asked.from,say(openAsked(
asked))),isOpening=!1,linkReport(from)}function isPartOfPage(){return document.getElementById(location.
hash.slice(1))!==null}function openAsked({backMs,place,policy,wrong}){let found=place===void 0?{}:nearestShot(
page.shots,place,page.shotCount),shot=found.shot??page.shots[0],isKnown=policy===void 0||filterByPolicy(
policy),opened=openShot(shot);backMs!==void 0&&chooseRewind(backMs);let far=backMs===void 0?void 0:farSentence(
backMs),sentences=[wrong,found.note,found.shot===void 0?\`Shot \${shot.index}, the first, is shown.\`:void 0,
isKnown?void 0:\`The page has no policy “\${visibleText(policy,60)}”.\`,opened,far].filter(sentence2=>sentence2!==
void 0);return sentences.length===0?void 0:sentences.join(" ")}function writeSoon(what){what==="poli\\
cies"||isOpening||(what==="shot"&&(say(void 0),linkReport(from)),clearTimeout(timer),timer=setTimeout(
write,SETTLED_MS))}function write(){let{rewindMs,shot}=state;if(shot===void 0)return;let hash=hashText(
{shot:shot.index,from,policy:page.policies[chosenPolicy()]?.policy,backMs:rewindMs===rewindOf(shot)?
void 0:rewindMs});try{history.replaceState(null,"",hash)}catch{}}async function copyLink(){clearTimeout(
timer),write();try{await navigator.clipboard.writeText(location.href),say("The link to this shot is \\
copied.",!0)}catch{say("This browser lets no page copy; the address bar holds the link to this shot.",
!0)}}function goBack(ms){chooseRewind(ms);let sentence2=farSentence(ms);sentence2!==void 0&&say(sentence2,
!0)}var KEYS={n:()=>goToDisputed(1),p:()=>goToDisputed(-1),j:()=>goTo(shotAfter(1)),k:()=>goTo(shotAfter(
-1)),"?":()=>document.getElementById("keys").showModal()};function listenToKeys2(){let dialog=document.
getElementById("keys");addEventListener("keydown",event=>{if(event.ctrlKey||event.metaKey||event.altKey||
event.defaultPrevented||dialog.open||isTyping(event.target))return;let act=KEYS[event.key]??jumpOf(event.
key);act!==void 0&&(event.preventDefault(),act())});let press=(id,act)=>document.getElementById(id).
addEventListener("click",act);press("next-shot",KEYS.j),press("previous-shot",KEYS.k),press("next-di\\
ffering",KEYS.n),press("previous-differing",KEYS.p),press("show-keys",KEYS["?"]),press("keys-close",
()=>dialog.close())}function isTyping(target){return target.isContentEditable||/^(SELECT|TEXTAREA)$/.
test(target.tagName)?!0:target.tagName==="INPUT"&&!/^(range|checkbox|button)$/.test(target.type)}function jumpOf(key){
if(!/^[1-9]$/.test(key))return;let result=state.shot.results[Number(key)-1];return result==null?void 0:
()=>goBack(result.usedMs)}function goTo(shot){shot!==void 0&&shot!==state.shot&&chooseShot(shot)}function goToDisputed(step){
let shot=disputedAfter(step);if(shot!==void 0)return chooseShot(shot);let policy=chosenPolicy(),who=policy===
void 0?"a policy":page.policies[policy].policy,where=step>0?"later":"earlier";say(\`No \${where} shot \\
of the list on which \${who} and the game differ.\`,!0)}var AROUND_MS=300;function gatherScene(){let{rewindMs,shot,shown:shown2}=state,ids=subjectsOf(shot),
at=ms=>ids.map(id=>poseBack(shot,id,ms)).filter(pose=>pose);return{shot,focus:focusOf(shot),trails:ids.
map(id=>trailOf(id,shot.timeMs-AROUND_MS,shot.timeMs+AROUND_MS)),now:at(0),scrubbed:at(rewindMs),victim:victimAt(
shot,rewindMs),policies:shot.results.flatMap((result,index)=>result===null||!shown2.has(index)?[]:[{
index,result,poses:result.targets.map(poseOfTarget)}]),seen:(shot.view?.targets??[]).map(poseOfTarget),
shooter:poseBack(shot,shot.shooter,0)}}function gatherFocus(shot){let ids=focusOf(shot),targets=[...shot.
results.flatMap(result=>result?.targets??[]),...shot.view?.targets??[]].filter(([id])=>ids.has(id));
return{poses:[...[...ids].map(id=>poseBack(shot,id,0)).filter(pose=>pose),...targets.map(poseOfTarget)],
places:wayBack(shot,ids),shooter:poseBack(shot,shot.shooter,0)}}function wayBack(shot,ids){let used=shot.
results.map(result=>result?.usedMs??0),backMs=Math.min(reachOf(shot),Math.max(AROUND_MS,...used));return[
...ids].flatMap(id=>{let trail=trailOf(id,shot.timeMs-backMs,shot.timeMs),cut=trail.slice(0,-1).findLastIndex(
({goesOn})=>!goesOn);return trail.slice(cut+1)})}function focusOf(shot){let{game,results,spans,view}=shot,
victims=[game,view?.victim,...results.map(result=>result?.victim)].filter(victim=>typeof victim=="nu\\
mber");if(victims.length>0)return new Set(victims);let spanned=spans.map(([,,victim])=>victim).filter(
victim=>victim!==null);if(spanned.length>0)return new Set(spanned);let margins=results.flatMap(result=>result?.
targets??[]).filter(isNear);return margins.sort((a,b)=>a[7]-b[7]),new Set(margins.slice(0,1).map(([id])=>id))}
function isNear([,,,,,,isAlive,margin,,,isEligible]){return isAlive===1&&isEligible!==0&&typeof margin==
"number"}function poseBack(shot,id,ms){let pose=poseAtMs(id,shot.timeMs-ms);if(pose!==void 0)return{
...pose,isDead:!pose.isAlive,isBystander:shot.bystanders?.includes(id)===!0}}function poseOfTarget([
id,kind,x,y,z,yaw,isAlive,_,rotation,list2,isEligible]){let shapes=page.shapeLists?.[list2]??page.kinds[kind]?.
shapes??[];return{id,kind,x,y,z,yaw,rotation,shapes,isDead:isAlive===0,isBystander:isEligible===0}}function viewAxesOf({direction},up,{isLeftHanded=!1,isWorld=!1}={}){let along=aheadAndLeft(direction,
up),level=isWorld?worldLevel(up):along,sky=unit(up),hand=isLeftHanded?-1:1,beyond=times(level.left,hand),
right=times(along.left,-hand);return{top:[level.ahead,beyond,sky],side:[level.ahead,sky,times(beyond,
-1)],aim:[right,cross(direction,along.left),times(direction,-1)]}}function aheadAndLeft(direction,up){
let[a,b]=[(up+1)%3,(up+2)%3],flat=Math.hypot(direction[a],direction[b]),[first,second]=flat<1e-6?[1,
0]:[direction[a]/flat,direction[b]/flat],ahead=[0,0,0],left=[0,0,0];return[ahead[a],ahead[b]]=[first,
second],[left[a],left[b]]=[-second,first],{ahead,left}}function worldLevel(up){let ahead=unit(up===0?
1:0);return{ahead,left:cross(unit(up),ahead)}}function unit(axis){return[0,1,2].map(k=>k===axis?1:0)}
function times(vector,factor){return vector.map(value=>value*factor)}function cross([ax,ay,az],[bx,by,
bz]){return[ay*bz-az*by,az*bx-ax*bz,ax*by-ay*bx]}function viewsOf(shot,upAxis,orientation2={}){let{aim,side,top}=viewAxesOf(shot,upAxis,orientation2),
[ox,oy,oz]=shot.origin,project=([u,v])=>(x,y,z)=>[(x-ox)*u[0]+(y-oy)*u[1]+(z-oz)*u[2],(x-ox)*v[0]+(y-
oy)*v[1]+(z-oz)*v[2]];return{top:project(top),side:project(side),aim:project(aim)}}function outlineOf(shape,pose,upAxis,project){
let place=(x,y,z)=>{let[dx,dy,dz]=shape.turns?turnedBy(pose,upAxis,[x,y,z]):[x,y,z];return project(pose.
x+dx,pose.y+dy,pose.z+dz)};if(shape.shape==="sphere")return circle(place(...shape.center),shape.radius);
if(shape.shape==="capsule"){let ends=[place(...shape.from),place(...shape.to)];return hull(ends.flatMap(
end=>circle(end,shape.radius)))}let{min,max}=shape,corners=[];for(let x of[min[0],max[0]])for(let y of[
min[1],max[1]])for(let z of[min[2],max[2]])corners.push(place(x,y,z));return hull(corners)}var POINTS=32;
function circle([x,y],radius){return Array.from({length:POINTS},(_,i)=>{let angle=i*2*Math.PI/POINTS;
return[x+radius*Math.cos(angle),y+radius*Math.sin(angle)]})}function hull(points){let sorted=[...points].
sort((a,b)=>a[0]-b[0]||a[1]-b[1]),half=list2=>{let chain=[];for(let p of list2){for(;chain.length>1&&
turnOf(chain.at(-2),chain.at(-1),p)<=0;)chain.pop();chain.push(p)}return chain.pop(),chain};return[...half(
sorted),...half(sorted.reverse())]}function turnOf(a,b,c){return(b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*
(c[0]-a[0])}function outlinesOf(pose,project){return pose.shapes.filter(shape=>shape!==null).map(shape=>outlineOf(
shape,pose,page.up,project))}function boxOf(places){let box={left:1/0,right:-1/0,low:1/0,high:-1/0};
for(let[u,v]of places)box.left=Math.min(box.left,u),box.right=Math.max(box.right,u),box.low=Math.min(
box.low,v),box.high=Math.max(box.high,v);return box}function poseBox(pose,project){let outlines=outlinesOf(
pose,project);return boxOf(outlines.length===0?[project(pose.x,pose.y,pose.z)]:outlines.flat())}function alongRay({
direction,origin},units){return origin.map((value,k)=>value+direction[k]*units)}function focusBox(shot,view,project){let{places,poses,shooter}=gatherFocus(shot),outlines=poses.flatMap(
pose=>outlinesOf(pose,project)),seen=[...poses,...places].map(({x,y,z})=>project(x,y,z)),ray=view===
"aim"?[[0,0]]:rayEnds(shot,[...poses,...places]).map(place=>project(...place)),least=leastSpan(outlines,
shot),body=view==="aim"?[]:bodyAtOrigin(shooter,project,least);return widened(boxOf([...outlines.flat(),
...seen,...ray,...body]),least)}function rayEnds(shot,points){let{direction,lengthUnits,origin}=shot,
far=points.map(({x,y,z})=>(x-origin[0])*direction[0]+(y-origin[1])*direction[1]+(z-origin[2])*direction[2]),
away=points.map(({x,y,z})=>Math.hypot(x-origin[0],y-origin[1],z-origin[2])),reach=Math.max(Math.max(
...far,0)*1.12,Math.max(...away,0)*.4);return[origin,alongRay(shot,reach>0?Math.min(reach,lengthUnits):
lengthUnits)]}function bodyAtOrigin(shooter,project,near){if(shooter===void 0)return[];let places=outlinesOf(
shooter,project).flat();return places.every(([u,v])=>Math.hypot(u,v)<2*near)?places:[]}function leastSpan(outlines,{
lengthUnits}){let sides=outlines.map(boxOf).map(({high,left,low,right})=>Math.max(right-left,high-low));
return Math.max(...sides,0)*1.5||lengthUnits/20||1}function widened({high,left,low,right},least){let half=(from2,to)=>Math.
max((to-from2)/2,least/2),[middleX,middleY]=[(left+right)/2,(low+high)/2];return{left:middleX-half(left,
right),right:middleX+half(left,right),low:middleY-half(low,high),high:middleY+half(low,high)}}function bodiesOf(scene,view){let{focus,now,policies,scrubbed,seen,shooter,shot,victim}=scene,aside=({
id})=>focus.has(id)?0:10,bodies=[],add=(poses,role2,rank,look)=>{for(let pose of poses){let isBehind=view===
"aim"&&liesBehind(shot,pose);bodies.push({pose,role:role2,rank:rank(pose),isBehind,...look})}};shooter!==
void 0&&view!=="aim"&&add([shooter],"shooter",()=>2,{stroke:tone("--soft"),width:1.2,dash:[2,3]}),add(
now,"now",pose=>(pose.id===shot.game?.5:1)+aside(pose),{stroke:tone("--ink"),width:1.6});for(let{index,
poses,result}of policies){let isVictim=({id})=>id===result.victim?0:.5;add(poses,page.policies[index].
policy,pose=>3+isVictim(pose)+aside(pose),{stroke:policyColor(index),dash:policyDash(index),width:1.6})}
add(seen,"on the screen",pose=>2.5+aside(pose),{stroke:tone("--seen"),width:2,dash:[5,4]});let role=state.
rewindMs===0?"now":"scrubbed to";for(let pose of scrubbed){let accent=tone(pose.id===victim?"--hit":
"--scrub");add([pose],role,()=>(pose.id===victim?0:.7)+aside(pose),{stroke:accent,fill:\`\${accent}38\`,
width:2.4})}return bodies}function isFaint({isBehind,pose}){return pose.isDead||pose.isBystander||isBehind}
function liesBehind({direction,origin},{x,y,z}){let along=(value,k)=>(value-origin[k])*direction[k];
return along(x,0)+along(y,1)+along(z,2)<0}var LINES_PX=44;function drawGrid(context,camera,zero){let{height,scale,width}=camera,step=readableStep(
scale,LINES_PX);context.strokeStyle=tone("--grid"),context.lineWidth=1,context.beginPath();let first=(from2,origin)=>Math.
ceil((from2-origin)/step)*step+origin,across=Math.ceil(width/(step*scale))+1,down=Math.ceil(height/(step*
scale))+1,left=first(camera.u(0),zero[0]),low=first(camera.v(height),zero[1]);for(let i=0;i<across;i++){
let x=Math.round(camera.x(left+i*step))+.5;context.moveTo(x,0),context.lineTo(x,height)}for(let i=0;i<
down;i++){let y=Math.round(camera.y(low+i*step))+.5;context.moveTo(0,y),context.lineTo(width,y)}context.
stroke()}function drawScaleBar(context,{height,scale,width}){let step=readableStep(scale,LINES_PX),end=width-
12,start=end-step*scale,y=height-10,text2=\`\${stepText(step)} \${step===1?"unit":"units"}\`;context.font=
"11.5px system-ui, sans-serif";let wide=Math.max(step*scale,context.measureText(text2).width),box={left:end-
wide-4,right:end+4,top:y-20,bottom:y+4};return clearFor(context,box),context.strokeStyle=context.fillStyle=
tone("--soft"),context.lineWidth=2,context.beginPath(),context.moveTo(start,y-4),context.lineTo(start,
y),context.lineTo(end,y),context.lineTo(end,y-4),context.stroke(),context.textAlign="right",context.
fillText(text2,end,y-8),box}function clearFor(context,{bottom,left,right,top}){context.globalAlpha=.86,
context.fillStyle=tone("--card"),context.fillRect(left,top,right-left,bottom-top),context.globalAlpha=
1}function stepText(step){return step>=.01?numberText(step):step.toExponential(0)}var ARM_PX=17,NAME_PX=9,MIDDLE=[36,34],COMPASS_BOX={left:0,right:72,top:0,bottom:68},FLAT=.25;function compassArms(axes){
let[right,up,toward]=axes;return[0,1,2].map(k=>({name:page.axes?.[k]??"xyz"[k],x:right[k],y:up[k],toward:toward[k],
isFlat:Math.hypot(right[k],up[k])>=FLAT}))}function drawCompass(context,axes){context.save(),clearFor(
context,COMPASS_BOX),context.font="11.5px system-ui, sans-serif",context.textAlign="center",context.
lineWidth=1.4;let arms=compassArms(axes).sort((a,b)=>b.isFlat-a.isFlat||lengthOf(b)-lengthOf(a)||b.x-
a.x||b.y-a.y),sides=new Set;for(let{isFlat,name,toward,x,y}of arms){if(context.strokeStyle=context.fillStyle=
tone("--soft"),!isFlat){drawEndOn(context,toward),drawName(context,name,...freeCorner(arms));continue}
drawArrow(context,x,y);let side=\`\${Math.sign(Math.round(x*8))} \${Math.sign(Math.round(y*8))}\`,length=Math.
hypot(x,y),[alongX,alongY]=[x/length,-y/length],[tipX,tipY]=[x*ARM_PX,-y*ARM_PX];sides.has(side)?drawName(
context,name,tipX+alongY*NAME_PX,tipY-alongX*NAME_PX):drawName(context,name,tipX+alongX*NAME_PX,tipY+
alongY*NAME_PX),sides.add(side)}context.restore()}function lengthOf({x,y}){return Math.round(Math.hypot(
x,y)*100)}function freeCorner(arms){let corners=[[-11,11],[11,11],[-11,-11],[11,-11]],crowd=([cx,cy])=>Math.
max(...arms.map(({isFlat,x,y})=>isFlat?x*cx-y*cy:-1/0));return corners.reduce((best,corner)=>crowd(corner)<
crowd(best)?corner:best)}function drawName(context,name,x,y){context.fillText(shortText(name,7),MIDDLE[0]+
x,MIDDLE[1]+y+4)}function drawArrow(context,x,y){let[fromX,fromY]=MIDDLE,[toX,toY]=[fromX+x*ARM_PX,fromY-
y*ARM_PX],length=Math.hypot(x,y),[alongX,alongY]=[x/length,-y/length];context.beginPath(),context.moveTo(
fromX,fromY),context.lineTo(toX,toY);for(let side of[1,-1])context.moveTo(toX,toY),context.lineTo(toX-
alongX*4+alongY*3*side,toY-alongY*4-alongX*3*side);context.stroke()}function drawEndOn(context,toward){
let[x,y]=MIDDLE;if(context.beginPath(),context.arc(x,y,4,0,2*Math.PI),context.fillStyle=tone("--card"),
context.fill(),context.stroke(),context.beginPath(),toward>0)context.arc(x,y,1.5,0,2*Math.PI);else for(let[
dx,dy]of[[1,1],[1,-1]])context.moveTo(x-dx*2.8,y-dy*2.8),context.lineTo(x+dx*2.8,y+dy*2.8);context.fillStyle=
tone("--soft"),toward>0&&context.fill(),context.stroke()}var orientation={isWorld:!1,isLeftHanded:page.isLeftHanded===!0},listeners3=[];function onTurn(listener){
listeners3.push(listener)}function listenToOrientation(){let turned=()=>{for(let listener of listeners3)
listener();redraw()},hand=document.getElementById("left-handed");hand.checked=orientation.isLeftHanded,
hand.addEventListener("change",()=>{orientation.isLeftHanded=hand.checked,turned()});for(let choice of document.
querySelectorAll("input[name='orientation']"))choice.checked=choice.value==="ray",choice.addEventListener(
"change",()=>{orientation.isWorld=choice.value==="world",turned()})}var VIEWS={top:"from above",side:"from the side",aim:"along its ray"},QUIET_MS=300;function describeFigure(view,canvas){
let waiting,tell2=()=>canvas.setAttribute("aria-label",sentencesOf(view));onChange(what=>{clearTimeout(
waiting),what==="rewind"?waiting=setTimeout(tell2,QUIET_MS):tell2()}),onTurn(tell2)}function sentencesOf(view){
let{rewindMs,shot}=state,scrubbed=rewindMs===0?[]:[\`Scrubbed \${numberText(rewindMs,1)} ms back the r\\
ay would \${verdictText(victimAt(shot,rewindMs))}\`],sentences=[\`Shot \${shot.index} \${VIEWS[view]}: \${nameOf(
shot.shooter)} shoots, the game says \`+verdictText(shot.game),...[...focusOf(shot)].map(id=>targetSentence(
shot,id)),...shot.undrawn===void 0?[]:[undrawnText(shot.undrawn)],...scrubbed,\`Axes: \${compassWords(
viewAxesOf(shot,page.up,orientation)[view])}\`];return visibleText(\`\${sentences.join(". ")}.\`)}function undrawnText(count){
return\`\${count} more \${count===1?"is":"are"} not drawn\`}function targetSentence(shot,id){let pose=poseAtMs(
id,shot.timeMs),name=nameOf(id),stands=pose===void 0?\`\${name} is not there at the shot\`:\`\${name} sta\\
nds \${standsAt(shot,pose)} at the shot\`,margins=shot.results.flatMap((result,i)=>{let target=result?.
targets.find(([other])=>other===id);if(target===void 0||target[7]===null||!state.shown.has(i))return[];
let words=target[7]>0?\`misses it by \${unitsText(target[7])}\`:\`hits it \${unitsText(-target[7])} deep\`;
return[\`\${page.policies[i].policy} \${words}\`]});return[stands,...margins].join(", ")}function standsAt({
direction,origin},{x,y,z}){let away=[x,y,z].map((value,k)=>value-origin[k]),along=away.reduce((sum,value,k)=>sum+
value*direction[k],0),beside=Math.hypot(...away.map((value,k)=>value-along*direction[k])),where=along<
0?"behind the shooter":"along the ray";return\`\${unitsText(Math.abs(along))} units \${where} and \${unitsText(
beside)} off it\`}var TURNS=["right","upper right","up","upper left","left","lower left","down","lowe\\
r right"];function compassWords(axes){return compassArms(axes).map(({isFlat,name,toward,x,y})=>{if(!isFlat)
return\`\${name} \${toward>0?"towards you":"away from you"}\`;let eighth=Math.round(Math.atan2(y,x)/(Math.
PI/4));return\`\${name} \${TURNS[(eighth+8)%8]}\`}).join(", ")}var STEP=1.4,PAN_PX=40,KEYS2={"+":figure=>zoomSubject(figure,STEP),"=":figure=>zoomSubject(figure,STEP),
"-":figure=>zoomSubject(figure,1/STEP),0:figure=>figure.reset(),Escape:figure=>figure.canvas.blur(),
ArrowLeft:figure=>pan(figure,PAN_PX,0),ArrowRight:figure=>pan(figure,-PAN_PX,0),ArrowUp:figure=>pan(
figure,0,PAN_PX),ArrowDown:figure=>pan(figure,0,-PAN_PX)};function listenToFigure(view){let canvas=document.
getElementById(view),root=canvas.closest("figure"),figure={view,canvas,moved:UNMOVED,box:void 0,camera:void 0,
subject:void 0,labels:root.querySelector(".labels"),leftCount:root.querySelector(".left-count"),leftList:root.
querySelector(".left-list"),controls:()=>boxesIn(root),reset:()=>move(figure,UNMOVED)};return listenToButtons(
figure,root),listenToKeys3(figure),listenToWheel(figure),listenToPointers(figure),figure}function move(figure,moved){
figure.moved=moved,figure.canvas.classList.toggle("is-moved",moved.zoom>1),redraw()}function pan(figure,right,down){
figure.camera&&move(figure,panned(figure.moved,figure.camera,right,down))}function zoom(figure,factor,x,y){
figure.camera&&move(figure,zoomed(figure.moved,figure.camera,factor,x,y))}function zoomSubject(figure,factor){
let{camera,subject}=figure;if(camera===void 0)return;let middle=[camera.width/2,camera.height/2],isSeen2=subject!==
void 0&&subject[0]>=0&&subject[0]<=camera.width&&subject[1]>=0&&subject[1]<=camera.height;zoom(figure,
factor,...isSeen2?subject:middle)}function boxesIn(root){return[...root.querySelectorAll("figcaption\\
, .tools")].map(node=>({left:node.offsetLeft,right:node.offsetLeft+node.offsetWidth,top:node.offsetTop,
bottom:node.offsetTop+node.offsetHeight}))}function listenToButtons(figure,root){for(let button2 of root.
querySelectorAll(".tools button"))button2.addEventListener("click",()=>KEYS2[button2.dataset.key](figure))}
function listenToKeys3(figure){figure.canvas.addEventListener("keydown",event=>{if(event.ctrlKey||event.
metaKey||event.altKey)return;let act=KEYS2[event.key];act!==void 0&&(event.preventDefault(),event.stopPropagation(),
act(figure))})}function listenToWheel(figure){let{canvas}=figure;canvas.addEventListener("wheel",event=>{
if(!(event.ctrlKey||event.metaKey||document.activeElement===canvas))return;event.preventDefault();let pixels=event.
deltaY*([1,16,400][event.deltaMode]??1),factor=Math.exp(-Math.max(-200,Math.min(200,pixels))*.003);zoom(
figure,factor,event.offsetX,event.offsetY)},{passive:!1}),canvas.addEventListener("dblclick",event=>{
zoom(figure,event.shiftKey?.5:2,event.offsetX,event.offsetY)})}function listenToPointers(figure){let{
canvas}=figure,fingers=new Map;canvas.addEventListener("pointerdown",event=>{event.button===0&&(canvas.
setPointerCapture(event.pointerId),fingers.set(event.pointerId,[event.offsetX,event.offsetY]))}),canvas.
addEventListener("pointermove",event=>{if(!fingers.has(event.pointerId))return;let before=[...fingers.
values()];before.length===1&&event.pointerType==="touch"&&!canvas.classList.contains("is-moved")||(fingers.
set(event.pointerId,[event.offsetX,event.offsetY]),follow(figure,before,[...fingers.values()]))});for(let end of[
"pointerup","pointercancel"])canvas.addEventListener(end,event=>fingers.delete(event.pointerId));canvas.
addEventListener("touchmove",event=>{event.touches.length>1&&event.preventDefault()},{passive:!1})}function follow(figure,before,after){
let[fromX,fromY]=middleOf(before),[toX,toY]=middleOf(after);pan(figure,toX-fromX,toY-fromY);let spread2=spreadOf(
before);after.length<2||spread2<1||figure.camera===void 0||zoom(figure,spreadOf(after)/spread2,toX,toY)}
function middleOf(points){return[0,1].map(k=>points.reduce((sum,point)=>sum+point[k],0)/points.length)}
function spreadOf([first,second]){return second===void 0?0:Math.hypot(second[0]-first[0],second[1]-first[1])}var NEAR_PX=5,ROLES_LENGTH=34;function labelWishes(placed,focus,nameOf2){let groups=[],named=new Set;
for(let body of[...placed].sort((a,b)=>a.rank-b.rank)){if(!focus.has(body.pose.id)&&named.has(body.pose.
id))continue;let near=groups.find(({box,id})=>id===body.pose.id&&isNear2(box,body.box));near===void 0?
groups.push({id:body.pose.id,box:body.box,bodies:[body]}):near.bodies.push(body),named.add(body.pose.
id)}return groups.map(({bodies,box,id})=>{let[first]=bodies,textOf=(...parts)=>[shortText(nameOf2(id)),
...parts].filter(Boolean).join(" · ");return{text:textOf(rolesOf(bodies),stateOf(first)),brief:textOf(
rolesOf(bodies,0)),box,tone:first.stroke,rank:first.rank}})}function isNear2(a,b){return["left","rig\\
ht","top","bottom"].every(side=>Math.abs(a[side]-b[side])<=NEAR_PX)}function rolesOf(bodies,most=ROLES_LENGTH){
let roles=[...new Set(bodies.map(({role})=>shortText(role)))],shown2=1;for(;shown2<roles.length&&roles.
slice(0,shown2+1).join(", ").length<=most;)shown2++;let left=roles.length-shown2;return\`\${roles.slice(
0,shown2).join(", ")}\${left>0?\`, +\${left}\`:""}\`}function stateOf({isBehind,pose}){return isBehind?"b\\
ehind the shooter":pose.isDead?"dead":pose.isBystander?"no target":""}function drawTrail(context,camera,project,trail){context.strokeStyle=tone("--trail"),context.lineWidth=
1.2,context.beginPath();let before,places=trail.map(pose=>project(pose.x,pose.y,pose.z));trail.forEach(
(pose,i)=>{let[u,v]=places[i];before?.goesOn?context.lineTo(camera.x(u),camera.y(v)):context.moveTo(
camera.x(u),camera.y(v)),before=pose}),context.stroke();for(let place of places)drawDot(context,camera,
place,1.7,tone("--trail"))}function drawRay(context,camera,shot,project,view){let accent=tone("--ray"),
band=shot.radiusUnits*2*camera.scale;if(view==="aim"){drawCross(context,camera,accent),band>2&&drawCircle(
context,camera,band/2,accent),drawDot(context,camera,[0,0],2,accent);return}let end=project(...alongRay(
shot,shot.lengthUnits));band>2&&drawLine(context,camera,[0,0],end,\`\${accent}33\`,band),drawLine(context,
camera,[0,0],end,accent,1.8),drawDot(context,camera,[0,0],4,accent)}function drawCross(context,camera,stroke2){
let[x,y]=[camera.x(0),camera.y(0)];context.strokeStyle=stroke2,context.lineWidth=1.4,context.beginPath();
for(let[dx,dy]of[[1,0],[-1,0],[0,1],[0,-1]])context.moveTo(x+dx*4,y+dy*4),context.lineTo(x+dx*14,y+dy*
14);context.stroke()}function drawCircle(context,camera,radius,stroke2){context.strokeStyle=stroke2,
context.lineWidth=1.4,context.beginPath(),context.arc(camera.x(0),camera.y(0),radius,0,2*Math.PI),context.
stroke()}function drawLine(context,camera,from2,to,stroke2,width){context.strokeStyle=stroke2,context.
lineWidth=width,context.setLineDash([]),context.beginPath(),context.moveTo(camera.x(from2[0]),camera.
y(from2[1])),context.lineTo(camera.x(to[0]),camera.y(to[1])),context.stroke()}function drawBody(context,camera,project,body){
let{dash=[],fill,pose,stroke:stroke2,width}=body;context.globalAlpha=isFaint(body)?.45:1,context.setLineDash(
dash),context.strokeStyle=stroke2,context.lineWidth=width;let outlines=outlinesOf(pose,project);for(let outline of outlines)
context.beginPath(),outline.forEach(([u,v],i)=>{i===0?context.moveTo(camera.x(u),camera.y(v)):context.
lineTo(camera.x(u),camera.y(v))}),context.closePath(),fill!==void 0&&(context.fillStyle=fill,context.
fill()),context.stroke();context.setLineDash([]),outlines.length===0&&drawDot(context,camera,project(
pose.x,pose.y,pose.z),4,stroke2),context.globalAlpha=1}function drawEntry(context,camera,{index,result},shot,project){
if(result.distanceUnits===void 0)return;let place=project(...alongRay(shot,result.distanceUnits));context.
save(),context.translate(camera.x(place[0]),camera.y(place[1]));let mark2=new Path2D(policyMark(index));
context.strokeStyle=tone("--card"),context.lineWidth=3,context.stroke(mark2),context.fillStyle=policyColor(
index),context.fill(mark2),context.restore()}function drawLeaders2(context,placed){context.lineWidth=
1;for(let{leader:{from:from2,isNeeded,to},wish}of placed)isNeeded&&(context.strokeStyle=wish.tone,context.
fillStyle=wish.tone,context.beginPath(),context.moveTo(...from2),context.lineTo(...to),context.stroke(),
context.beginPath(),context.arc(...to,2.5,0,2*Math.PI),context.fill())}function drawDot(context,camera,[
u,v],radius,fill){context.beginPath(),context.arc(camera.x(u),camera.y(v),radius,0,2*Math.PI),context.
fillStyle=fill,context.fill()}function othersOf(box,outlines){return outlines.filter(other=>["left","right","top","bottom"].some(side=>Math.
abs(box[side]-other[side])>5))}function leaderTo(place,anchor,others){let straight=leaderOf(place,anchor),
away=lengthOf2(straight),isNeeded=others.some(other=>lengthOf2(leaderOf(place,other))<=away)||away>=
9,clear=to=>Math.min(8,...others.map(other=>distanceToSides(to,other)));if(!isNeeded||clear(straight.
to)>=8)return{...straight,isNeeded};let[best]=pointsOn(anchor).map(to=>{let leader={from:nearestIn(place,
to),to};return{leader,score:12*clear(to)-lengthOf2(leader)}}).concat([{leader:straight,score:12*clear(
straight.to)-away}]).sort((a,b)=>b.score-a.score);return{...best.leader,isNeeded}}function pointsOn({
bottom,left,right,top}){return[.25,.5,.75].flatMap(part=>{let[x,y]=[left+part*(right-left),top+part*
(bottom-top)];return[[left,y],[right,y],[x,top],[x,bottom]]})}function nearestIn({bottom,left,right,
top},[x,y]){return[Math.min(right,Math.max(left,x)),Math.min(bottom,Math.max(top,y))]}function lengthOf2({
from:from2,to}){return Math.hypot(to[0]-from2[0],to[1]-from2[1])}function distanceToSides([x,y],box){
let[nearX,nearY]=nearestIn(box,[x,y]);return nearX!==x||nearY!==y?Math.hypot(nearX-x,nearY-y):Math.min(
x-box.left,box.right-x,y-box.top,box.bottom-y)}function leaderOf(place,anchor){let[fromX,toX]=nearest2(
place.left,place.right,anchor.left,anchor.right),[fromY,toY]=nearest2(place.top,place.bottom,anchor.
top,anchor.bottom);return{from:[fromX,fromY],to:[toX,toY]}}function nearest2(low,high,otherLow,otherHigh){
if(high<otherLow)return[high,otherLow];if(low>otherHigh)return[low,otherHigh];let middle=(Math.max(low,
otherLow)+Math.min(high,otherHigh))/2;return[middle,middle]}var DISTANCES=[5,16,30,48,72,100,136],DIRECTIONS=[[1,0],[-1,0],[0,-1],[0,1],[1,-1],[1,1],[-1,-1],[-1,
1]],HIDES=400,BRIEF=200,GAP2=3;function placeLabels(wishes,figure,{lines,obstacles,points,taken:taken2}){
let placed=[];for(let wish of wishes){let anchor=clipped(wish.box,figure);if(anchor===void 0)continue;
let brief={...wish,text:wish.brief,width:wish.briefWidth},room={taken:taken2,placed,obstacles,lines,
points},[best]=(wish.brief===void 0?[wish]:[wish,brief]).flatMap((label2,i)=>{let found=bestPlace(label2,
anchor,figure,room);return found===void 0?[]:[{...found,label:label2,cost:found.cost+i*BRIEF}]}).sort(
(a,b)=>a.cost-b.cost);if(best===void 0)continue;let{label,place}=best,others=wish.isAlone?[]:othersOf(
wish.box,obstacles),leader=leaderTo(place,anchor,others);placed.push({source:wish,wish:label,place,leader})}
return placed}function clipped({bottom,left,right,top},{height,width}){if(!(right<0||left>width||bottom<
0||top>height))return{left:Math.max(left,0),right:Math.min(right,width),top:Math.max(top,0),bottom:Math.
min(bottom,height)}}function bestPlace({height,width},anchor,figure,room){let{lines,obstacles,placed,
points,taken:taken2}=room,blocked=[...taken2,...placed.map(({place})=>place)],best,leastCost=1/0;for(let distance of DISTANCES){
if(distance>=leastCost)break;DIRECTIONS.forEach((direction,i)=>{let place=placeAt(anchor,direction,distance,
width,height);if(!isInside(place,figure)||blocked.some(box=>overlapOf(place,box,GAP2)>0))return;let covered=obstacles.
reduce((sum,box)=>sum+overlapOf(place,box,0),0),{from:from2,to}=leaderOf(place,anchor),crossings=placed.
filter(label=>meets(from2,to,label.place,GAP2)||meets(label.leader.from,label.leader.to,place,GAP2)).
length,hidden=lines.filter(([start,end])=>meets(start,end,place,GAP2)).length+points.filter(box=>overlapOf(
place,box,0)>0).length,cost=distance+i+60*covered/(width*height)+45*crossings+HIDES*hidden;cost<leastCost&&
([best,leastCost]=[place,cost])})}return best===void 0?void 0:{place:best,cost:leastCost}}function placeAt({
bottom,left,right,top},[x,y],distance,width,height){let middleX=(left+right)/2+x*((right-left)/2+distance+
width/2),middleY=(top+bottom)/2+y*((bottom-top)/2+distance+height/2);return{left:middleX-width/2,right:middleX+
width/2,top:middleY-height/2,bottom:middleY+height/2}}function isInside({bottom,left,right,top},{height,
width}){return left>=GAP2&&top>=GAP2&&right<=width-GAP2&&bottom<=height-GAP2}function overlapOf(a,b,gap){
let wide=Math.min(a.right,b.right)-Math.max(a.left,b.left)+gap,high=Math.min(a.bottom,b.bottom)-Math.
max(a.top,b.top)+gap;return wide>0&&high>0?wide*high:0}function meets([fromX,fromY],[toX,toY],{bottom,
left,right,top},gap=0){let[enters,leaves]=[0,1],sides=[[fromX,toX-fromX,left-gap,right+gap],[fromY,toY-
fromY,top-gap,bottom+gap]];for(let[start,way,low,high]of sides){if(way===0){if(start<low||start>high)
return!1;continue}let parts=[(low-start)/way,(high-start)/way];enters=Math.max(enters,Math.min(...parts)),
leaves=Math.min(leaves,Math.max(...parts))}return enters<=leaves}function originWish({shooter,shot},view,camera){if(shooter!==void 0&&view!=="aim")return[];let[x,y]=[
camera.x(0),camera.y(0)],name=shortText(nameOf(shot.shooter)),text2=view==="aim"?\`\${name} aims here\`:
\`\${name} · shooter, without a known shape\`,radius=view==="aim"?14:5,box={left:x-radius,right:x+radius,
top:y-radius,bottom:y+radius},rank=view==="aim"?.4:2;return[{text:text2,box,tone:tone("--ray"),rank,
isAlone:!0}]}var LABEL_AREA=1e4,CHIP_PX=27;function drawScene(){listenToOrientation(),onChange(what=>{what==="sho\\
t"&&sayUndrawn(state.shot)});for(let view of["top","side","aim"]){let figure=listenToFigure(view),begin=()=>{
figure.box=void 0,figure.reset()};onChange(what=>{what==="shot"&&begin()}),onTurn(begin),keepDrawn(figure.
canvas,(context,width,height)=>{state.shot!==void 0&&drawFigure(figure,context,width,height)}),describeFigure(
view,figure.canvas)}}function sayUndrawn({undrawn=0}){for(let note of document.querySelectorAll("fig\\
ure .undrawn"))note.textContent=undrawnText(undrawn),note.hidden=undrawn===0}function drawFigure(figure,context,width,height){
let{shot}=state,project=viewsOf(shot,page.up,orientation)[figure.view],axes=viewAxesOf(shot,page.up,
orientation)[figure.view],share=Math.min(width,height)*(figure.view==="aim"?.12:.06),margin=Math.max(
share,CHIP_PX);figure.box??=focusBox(shot,figure.view,project);let left=figure.view==="aim"?0:COMPASS_BOX.
right-margin,camera=cameraOf(figure.box,{width,height,left,margin},figure.moved);figure.camera=camera;
let scene=gatherScene(),zero=orientation.isWorld&&figure.view!=="aim"?project(0,0,0):[0,0];drawGrid(
context,camera,zero);for(let trail of scene.trails)drawTrail(context,camera,project,trail);drawRay(context,
camera,shot,project,figure.view);let bodies=bodiesOf(scene,figure.view);for(let body of bodies)drawBody(
context,camera,project,body);for(let policy of scene.policies)drawEntry(context,camera,policy,shot,project);
drawCompass(context,axes);let bar=drawScaleBar(context,camera);drawLabels(figure,context,scene,bodies,
project,bar)}function drawLabels(figure,context,scene,bodies,project,bar){let{camera}=figure,{height,
width}=camera,placed=bodies.map(body=>({...body,box:onCanvas(body.pose,project,camera)}));figure.subject=
middleOf2(placed.filter(({rank})=>rank<2).sort((a,b)=>a.rank-b.rank)[0]);let most=Math.min(14,Math.max(
2,Math.floor(width*height/LABEL_AREA))),wishes=[...labelWishes(placed,new Set([...scene.focus,scene.
shot.shooter]),nameOf),...originWish(scene,figure.view,camera)].sort((a,b)=>a.rank-b.rank).filter(({
box})=>isSeen(box,camera)),chosen=measured(context,wishes.slice(0,most)),room={obstacles:placed.map(
({box})=>box),lines:figure.view==="aim"?[]:[rayOnCanvas(scene.shot,project,camera)],points:pointsOnCanvas(
scene,figure.view,project,camera)},place=()=>{let taken2=[COMPASS_BOX,bar,...figure.controls()];return placeLabels(
chosen,{width,height},{...room,taken:taken2})},leftOf=labels2=>{let named=new Set(labels2.map(({source})=>source));
return[...chosen.filter(wish=>!named.has(wish)),...wishes.slice(most)]},labels=place();for(let i=0;i<
2&&showLeft(figure,leftOf(labels));i++)labels=place();drawLeaders2(context,labels);let isLost=placed.
length>0&&placed.every(({box})=>!isSeen(box,camera));showLabels(figure.labels,isLost?[lostLabel(context,
camera)]:labels)}function isSeen({bottom,left,right,top},{height,width}){return right>0&&left<width&&
bottom>0&&top<height}function lostLabel(context,{height,width}){let[wish]=measured(context,[{text:"n\\
obody is here; fit shows the shot",tone:tone("--soft")}]);return{wish,place:{left:(width-wish.width)/
2,top:height/2}}}function pointsOnCanvas({policies,shot},view,project,camera){let around=([u,v],radius)=>{
let[x,y]=[camera.x(u),camera.y(v)];return{left:x-radius,right:x+radius,top:y-radius,bottom:y+radius}},
entries=policies.filter(({result})=>result.distanceUnits!==void 0).map(({result})=>around(project(...alongRay(
shot,result.distanceUnits)),7));return[around([0,0],view==="aim"?14:5),...entries]}function middleOf2(body){
if(body===void 0)return;let{bottom,left,right,top}=body.box;return[(left+right)/2,(top+bottom)/2]}function rayOnCanvas(shot,project,camera){
return[shot.origin,alongRay(shot,shot.lengthUnits)].map(end=>project(...end)).map(([u,v])=>[camera.x(
u),camera.y(v)])}function onCanvas(pose,project,camera){let{high,left,low,right}=poseBox(pose,project);
return{left:camera.x(left),right:camera.x(right),top:camera.y(high),bottom:camera.y(low)}}function flipGradient(shot,endMs=page.scrubMs){let stops=shot.spans.flatMap(([fromMs,toMs,victim])=>{
let tone2=victim===null?"var(--flip-miss)":"var(--flip-hit)",at=ms=>\`\${numberText(Math.min(1,ms/endMs)*
100,3)}%\`;return[\`\${tone2} \${at(fromMs)}\`,\`\${tone2} \${at(toMs)}\`]});return stops.length===0?"none":\`\\
linear-gradient(to right, \${stops.join(", ")})\`}var STOPPED_MS=400;function listenToScrubber(){let slider=document.
getElementById("rewind"),bar=document.getElementById("flips");slider.addEventListener("input",()=>chooseRewind(
Number(slider.value))),bar.addEventListener("click",({clientX})=>{let{left,width}=bar.getBoundingClientRect();
chooseRewind((clientX-left)/width*reachOf(state.shot))}),onChange(what=>{state.shot!==void 0&&(slider.
max=reachOf(state.shot),slider.value=state.rewindMs,what!=="rewind"&&renderMarks(),renderReadout(),speakSoon(
what),redraw())})}function renderReadout(){let{rewindMs,shot}=state,frame=numberText(frameAtMs(shot.
timeMs-rewindMs),2),victim=victimAt(shot,rewindMs);document.getElementById("readout").replaceChildren(
element("b","",\`\${numberText(rewindMs,1)} ms back\`),\` frame \${frame} · the ray would \`,element("b",
victim===null?"":"is-hit",verdictText(victim)));let text2=\`\${numberText(rewindMs,1)} ms back, frame \${frame}\\
, would \${verdictText(victim)}\`;document.getElementById("rewind").setAttribute("aria-valuetext",visibleText(
text2))}var timer2;function speakSoon(what){what!=="rewind"&&what!=="shot"||(clearTimeout(timer2),timer2=
setTimeout(()=>{let{rewindMs,shot}=state,game=shot.game===void 0?"":\`; the game says \${verdictText(shot.
game)}\`;document.getElementById("spoken").textContent=visibleText(\`Shot \${shot.index}, \${numberText(
rewindMs,1)} ms back: the ray would \${verdictText(victimAt(shot,rewindMs))}\${game}.\`)},STOPPED_MS))}
function renderMarks(){let{shot}=state,bar=document.getElementById("flips");bar.style.background=flipGradient(
shot,reachOf(shot));let marks=shot.results.flatMap((result,index)=>result===null||!state.shown.has(index)?
[]:[mark(result.usedMs,page.policies[index].policy,markNode(index))]);shot.view!==void 0&&marks.push(
mark(shot.view.rewindMs,"on the shooter's screen",element("i","key seen"))),bar.replaceChildren(...marks)}
function mark(ms,name,sign){let node=element("span","flip-mark",sign);node.style.color=sign.style.color||
"var(--seen)";let isFar=ms>reachOf(state.shot);return node.title=visibleText(\`\${name}: \${numberText(
ms,1)} ms\${isFar?", beyond this end":""}\`),node.classList.toggle("beyond",isFar),node.style.left=\`\${Math.
min(1,ms/reachOf(state.shot))*100}%\`,node.addEventListener("click",event=>{event.stopPropagation(),goBack(
ms)}),node}function shotRow(shot,isChosen){let when=\`\${numberText(shot.timeMs/1e3,2)} s\`,by=\`by \${nameOf(shot.shooter)}\`,
bar=element("span","flip");bar.style.background=flipGradient(shot);let node=element("div","shot",element(
"b","",String(shot.index)),element("span","when",\`\${when} · by \`,shooterNode(shot)),element("span",
isHit(shot)?"game is-hit":"game",verdictText(shot.game)),element("span","dots",...shot.results.map(dot2)),
bar);node.id=optionId(shot),node.setAttribute("role","option"),node.setAttribute("aria-selected",String(
isChosen));let policies=policyWords(shot),name=[\`shot \${shot.index}\`,when,by,gameWords(shot.game),...policies].
join(", ");return node.setAttribute("aria-label",name),node.title=policies.join(", "),node}function shooterNode({
shooter}){let name=element("bdi","",visibleText(nameOf(shooter)));return name.dir="auto",name}function optionId({
index}){return\`shot-option-\${index}\`}function dot2(result,index){return result===null||result.cause===
void 0?element("i","no-mark","–"):markNode(index,differs(result))}function isHit({game}){return game!=
null}function gameWords(game){return game===void 0?"game unknown":game===null?"game misses":\`game \${verdictText(
game).replace(/^hit/,"hits")}\`}function policyWords({results}){let words=results.flatMap((result,i)=>{
let name=visibleText(page.policies[i].policy,40);return result===null?[\`\${name} cannot judge\`]:differs(
result)?[\`\${name} \${result.victim===null?"misses":\`hits \${nameOf(result.victim)}\`}\`]:[]}),isKnown=results.
some(result=>result?.cause!==void 0);return words.length===0&&isKnown?["all policies agree"]:words}var ROW=3.125*parseFloat(getComputedStyle(document.documentElement).fontSize),SPARE=6,TYPING_MS=900,
list=document.getElementById("shots"),rows=element("div","rows"),typed="",typedAt=0;function listShots(){
rows.setAttribute("role","presentation"),list.append(rows),page.policies.length>10&&list.classList.add(
"many"),list.addEventListener("scroll",render,{passive:!0}),list.addEventListener("keydown",goAlong),
list.addEventListener("click",({target})=>{let row2=target.closest(".shot"),shot=shownShots().find(other=>optionId(
other)===row2?.id);shot!==void 0&&chooseShot(shot)}),new ResizeObserver(render).observe(list),onFilter(
showChosen),onChange(what=>{what==="shot"&&showChosen()}),showChosen()}function showChosen(){let at=shownShots().
indexOf(state.shot);if(rows.style.height=\`\${shownShots().length*ROW}px\`,at>=0){let top=at*ROW,{clientHeight,
scrollTop}=list,lowest=top+ROW-clientHeight;top<scrollTop-ROW||lowest>scrollTop+ROW?list.scrollTop=(top+
lowest)/2:list.scrollTop=Math.min(Math.max(scrollTop,lowest),top)}render()}function render(){let shown2=shownShots(),
first=Math.max(0,Math.floor(list.scrollTop/ROW)-SPARE),end=Math.ceil((list.scrollTop+list.clientHeight)/
ROW)+SPARE,places=shown2.slice(first,end).map((_,i)=>first+i),chosen=shown2.indexOf(state.shot);chosen>=
0&&!places.includes(chosen)&&places.push(chosen),rows.replaceChildren(...places.sort((a,b)=>a-b).map(
place=>{let row2=shotRow(shown2[place],place===chosen);return row2.style.top=\`\${place*ROW}px\`,row2.setAttribute(
"aria-posinset",String(place+1)),row2.setAttribute("aria-setsize",String(shown2.length)),row2})),chosen>=
0?list.setAttribute("aria-activedescendant",optionId(state.shot)):list.removeAttribute("aria-actived\\
escendant")}function goAlong(event){if(event.ctrlKey||event.metaKey||event.altKey)return;let page2=Math.
max(1,Math.floor(list.clientHeight/ROW)-1),step={ArrowDown:1,ArrowUp:-1,PageDown:page2,PageUp:-page2,
Home:-1/0,End:1/0}[event.key],isDigit=/^\\d$/.test(event.key);if(step===void 0&&!isDigit)return;event.
preventDefault(),event.stopPropagation();let next=isDigit?shotTyped(event):shotAfter(step);next!==void 0&&
next!==state.shot&&chooseShot(next)}function shotTyped({key,timeStamp}){typed=timeStamp-typedAt>TYPING_MS?
key:typed+key,typedAt=timeStamp;let shown2=shownShots();return shown2.find(({index})=>String(index)===
typed)??shown2.find(({index})=>String(index).startsWith(typed))}var CAUSE_TEXTS={none:{claim:"nothing has to change",evidence:"policy and game say the same of the s\\
hot"},"ring-evicts":{claim:"the server's ring had held the frame that the policy wanted",evidence:"t\\
he wanted frame is older than the ring"},"ring-aliases":{claim:"the ring, asked for an evicted frame\\
, had handed out the one in its slot",evidence:"the frame in that slot (frame % size) is in the ring"},
"policy-limit":{claim:"the policy had no limit of its own",evidence:"the limit cut what its formula \\
gave"},"teleport-distance":{claim:"the step taken for a teleport were interpolated",evidence:"a step\\
 of the target, wider than the teleport rule allows"},"stop-distance":{claim:"the policy did not sto\\
p rewinding at a fast target's step",evidence:"a step wider than the policy's stop"},"game-stop-dist\\
ance":{claim:"the game stopped rewinding at steps wider than 64 units",evidence:"a target with such \\
a step within the rewind"},"inside-frame":{claim:"the shot was fired inside the frame, not at its en\\
d",evidence:"the shooter's own path, which passes the ray's start earlier"},"whole-frame":{claim:"th\\
e game took the earlier or the later frame whole, without interpolation",evidence:"none but the verd\\
icts"},"off-by-one-frame":{claim:"the game's history were one frame older or newer",evidence:"none b\\
ut the verdicts"},"client-view":{claim:"targets stood where the shooter's client drew them, off the \\
truth",evidence:"the simulated client's screen"},"half-rtt-missing":{claim:"half a round trip more w\\
ere rewound",evidence:"the shot's ping"},"half-rtt-extra":{claim:"half a round trip less were rewoun\\
d",evidence:"the shot's ping"},"death-now":{claim:"who is dead by the time of the decision could not\\
 be hit",evidence:"the target's fields at the used time and at now"},"death-ignored":{claim:"the dea\\
d could be hit",evidence:"the target's fields at the used time"},"unrecorded-victim":{claim:"no rule\\
 can agree: the game's victim is not in the recording",evidence:"a fact of the shot"},"target-in-fro\\
nt":{claim:"the policy's victim did not stand before the game's",evidence:"the ray, which hits the g\\
ame's victim too, farther off"},"shooter-rewound":{claim:"the shooter were rewound with his targets,\\
 and his ray with him",evidence:"the shooter's path"},"no-time":{claim:"no rewind up to 1000 ms agre\\
es: shape, ray or targets are not the game's",evidence:"a fact of the shot"},"interp-missing":{claim:"\\
the game left the interpolation delay out, which the policy counts",evidence:"the shot's interpolati\\
on delay"},"interp-counted":{claim:"the game counted the interpolation delay, which the policy leave\\
s out",evidence:"the shot's interpolation delay"},"not-a-target":{claim:"whom the policy hits were n\\
o target",evidence:"the ray starts inside of it, or another entity stands at its place"},"other-time":{
claim:"another rewind had been used, for no known reason",evidence:"none: it never is a reason"}},CAUSE_WORD_TEXTS={
agrees:"policy and game say the same",evicted:"the wanted frame was no longer in the ring",clamped:"\\
the policy's own limit cut its rewind",teleport:"a wide step was interpolated by one and not by the \\
other",interpolation:"the moment differs by less than a frame or by one","stale-view":"the shooter s\\
aw poses that were wrong","half-rtt":"half a round trip is counted by one and not by the other",dead:"\\
the dead are targets for one and not for the other",geometry:"shape, ray or targets are not the game\\
's","interp-missing":"the interpolation delay is counted by one and not by the other","not-a-target":"\\
whom the policy hits is hardly a target: a hint",unexplained:"no change is a reason: none agrees on \\
two shots without a contradiction"};function judgedTarget(shot,{targets,victim}){return targets.find(([id,,,,,,isAlive,,,,isEligible])=>id===
victim||id===shot.game||isAlive===1&&isEligible!==0)}function renderClaims(shot){let claims=shot.results.flatMap((result,i)=>differs(result)?[claimNode(shot,
result,i)]:[]);document.getElementById("claims-title").hidden=claims.length===0,document.getElementById(
"claims-hint").hidden=!shot.results.some(result=>result?.cause==="unexplained"),document.getElementById(
"claims").replaceChildren(...claims)}function claimNode(shot,result,index){let{cause,claim,rule}=result,
name=visibleText(page.policies[index].policy),word=element("span","word",cause);return word.title=CAUSE_WORD_TEXTS[cause],
element("li","claim",element("p","",markNode(index),element("b","",name),\` \${missWords(shot,result)}\\
 \`,word),element("p","",visibleText(sentence(claim.text))),element("p","evidence",...evidence(claim,
result)),...cause==="unexplained"?[]:[element("p","evidence",\`\${cause} · \${rule}: \${CAUSE_WORD_TEXTS[cause]}\\
.\`)])}function missWords(shot,result){let{game}=shot,units=judgedTarget(shot,result)?.[7]??null,policy=result.
victim===null?"misses":\`hits \${nameOf(result.victim)}\`,far=units===null?"":units>0?\` by \${unitsText(
units)} units\`:\`, \${unitsText(-units)} units deep\`,other=game===null?"misses":game==="hit"?"hits":\`h\\
its \${nameOf(game)}\`;return visibleText(\`\${policy}\${far}; the game \${other}.\`)}function evidence({also=[],
contradictedBy,others,rivals=[]},{cause,rule}){let parts=[\`Evidence: \${CAUSE_TEXTS[rule].evidence}. \`];
if(rule==="other-time")return[...parts,"No known change makes them agree."];if(others===void 0)return parts;
others===0&&cause==="unexplained"?parts.push("It mends no other shot, so it may be chance: no reason\\
."):(parts.push(\`It mends \${shots(others)}\`),contradictedBy!==void 0?parts.push(", but ",shotLink(contradictedBy),
" contradicts it: no reason."):parts.push(cause==="unexplained"?".":", and no shot contradicts it: a\\
 reason."));let equals=rivals.map(rival=>\`\${rival.rule} (\${shots(rival.others)})\`);return equals.length>
0&&parts.push(\` As well, or better: \${equals.join(", ")}.\`),also.length>0&&parts.push(\` On this shot\\
 \${also.join(", ")} would do too.\`),parts}function shots(count){return count===1?"1 other shot":\`\${count}\\
 other shots\`}function shotLink(index){let shot=page.shots.find(other=>other.index===index);if(shot===
void 0)return\`shot \${index} (not on this page)\`;let link2=element("a","",\`shot \${index}\`);return link2.
href=\`#shot-\${index}\`,link2.addEventListener("click",event=>{event.preventDefault(),say(openShot(shot),
!0)}),link2}function sentence(clause){return\`\${clause[0].toUpperCase()}\${clause.slice(1)}.\`}var HEADS=["","","back","frame","verdict","units","cause"],CLAMPS={now:"held at now: it asks for the\\
 future",limit:"cut by the policy's limit",ring:"cut by the ring",recording:"cut by the recording's \\
start"};function renderVerdicts(){onChange(what=>{if(what==="rewind"||state.shot===void 0)return;let{
shot}=state,numbers=Object.entries(shot.numbers).map(([name,value])=>\`\${name} \${value}\`);document.getElementById(
"shot-title").textContent=\`Shot \${shot.index}\`,document.getElementById("shot-facts").textContent=visibleText(
[\`frame \${shot.frame}\`,\`\${numberText(shot.timeMs/1e3,3)} s\`,\`by \${nameOf(shot.shooter)}\`,...numbers].
join(" · "));let body=document.getElementById("verdicts"),focused=body.contains(document.activeElement)?
document.activeElement.id:"",rows2=[gameRow(shot),...shot.results.map((result,i)=>policyRow(shot,result,
i))];shot.view!==void 0&&rows2.push(viewRow(shot.view)),body.replaceChildren(...rows2),focused!==""&&
document.getElementById(focused)?.focus(),renderClaims(shot)})}function gameRow(shot){return row("",
"the game","","",verdictText(shot.game),"","")}function policyRow(shot,result,index){let name=visibleText(
page.policies[index].policy),isShown=state.shown.has(index),toggle=button(\`toggle-\${index}\`,"swatch",
markNode(index,isShown));if(toggle.title=isShown?"hide in the figures":"show in the figures",toggle.
setAttribute("aria-label",\`\${name} in the figures\`),toggle.setAttribute("aria-pressed",String(isShown)),
toggle.addEventListener("click",event=>{event.stopPropagation(),togglePolicy(index)}),result===null)
return row(toggle,name,"","","cannot judge: a number is missing","","");let clamped=result.clamped===
null?"":\` (\${CLAMPS[result.clamped]})\`,hole=result.holeMs===void 0?"":\` (hole of \${numberText(result.
holeMs/1e3,1)} s)\`,units=judgedTarget(shot,result)?.[7]??null,line=row(toggle,jump(\`jump-\${index}\`,name,
result.usedMs,index<9?String(index+1):void 0),\`\${numberText(result.usedMs,1)} ms\${clamped}\${hole}\`,numberText(
result.usedFrame),verdictText(result.victim),units===null?"":units>0?\`\${unitsText(units)} beside\`:\`\${unitsText(
-units)} deep\`,differs(result)?\`\${result.cause} · \${result.rule}\`:result.cause??"");return differs(
result)&&line.classList.add("differs"),jumping(line,result.usedMs)}function viewRow(view){let swatch=element(
"i","key seen"),error=view.targets[0]?.[7],off=error==null?"":\`\${unitsText(error)} from the truth\`,line=row(
swatch,jump("jump-view","on the shooter's screen",view.rewindMs),\`\${numberText(view.rewindMs,1)} ms\`,
numberText(view.viewFrame),verdictText(view.victim),off,"");return jumping(line,view.rewindMs)}function jumping(line,ms){
return line.classList.add("jumps"),line.addEventListener("click",()=>goBack(ms)),line}function jump(id,name,ms,key){
let node=button(id,"jump",...key===void 0?[]:[element("kbd","",key)," "],name);return node.setAttribute(
"aria-label",\`\${name}: rewind \${numberText(ms,1)} ms\`),key!==void 0&&node.setAttribute("aria-keyshor\\
tcuts",key),node}function button(id,className,...children){let node=element("button",className,...children);
return node.type="button",node.id=id,node}function row(...cells){let line=element("tr","");return line.
setAttribute("role","row"),cells.forEach((cell,i)=>{let node=element(i===1?"th":"td","",cell);i===1&&
(node.scope="row"),node.setAttribute("role",i===1?"rowheader":"cell"),cell===""&&node.classList.add(
"empty"),i>1&&(node.dataset.head=HEADS[i]),line.append(node)}),line}drawCurve();page.shots.length>0&&(drawScene(),listenToScrubber(),renderVerdicts(),listenToFilters(),
listShots(),listenToKeys2(),followLinks(page.shots.find(shot=>isDisputed(shot))??page.shots[0]));redraw();
document.documentElement.dataset.ready="true";})();
`;

/** Style of the page. */
export const STYLE: string = `:root{color-scheme:light;--page: #f3f5f7;--card: #ffffff;--ink: #14181d;--soft: #5d6874;--line: #dde2e7;
--edge: #84909b;--hover: #f0f4f8}@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;
--page: #0d1014;--card: #15191f;--ink: #e7ebef;--soft: #94a0ac;--line: #262d35;--edge: #64717e;--hover:
#1b2129}}*{box-sizing:border-box}body{margin:0 auto;padding:28px 32px 48px;background:var(--page);color:var(--ink);
font:.875rem/1.45 system-ui,-apple-system,Segoe UI,Roboto,sans-serif}header{display:flex;flex-wrap:wrap;
gap:16px 48px;align-items:end;margin-bottom:20px}header>div{flex:1 1 320px;min-width:0}.kicker{margin:0;
color:var(--soft);font-size:.75rem;letter-spacing:.06em}h1{margin:2px 0 0;font-size:1.625rem;line-height:1.2;
letter-spacing:-.015em;overflow-wrap:anywhere}dl{display:flex;flex-wrap:wrap;gap:8px 28px;margin:0}dt{
color:var(--soft);font-size:.75rem}dd{margin:0;font-size:1rem;font-weight:600;font-variant-numeric:tabular-nums}
.origin{display:grid;gap:3px;margin:-8px 0 16px}.origin>div{display:flex;flex-wrap:wrap;gap:0 12px}section{
min-width:0;margin:0 0 16px;padding:18px 20px;background:var(--card);border:1px solid var(--line);border-radius:8px}
h2{margin:0;font-size:.9375rem}.hint{margin:2px 0 12px;color:var(--soft);font-size:.7812rem}.notice{
margin:0 0 16px}.columns{display:grid;gap:0 16px}.scroll{overflow-x:auto}table{border-collapse:collapse}
th{text-align:left}thead th{color:var(--soft)}.number{text-align:right}.legend{display:flex;flex-wrap:wrap}
.skip{position:absolute;left:-9999px}.skip:focus{position:static}a{color:inherit;text-underline-offset:2px}
main:focus{outline:none}.contents{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 16px;font-size:.8125rem}
.contents a{padding:4px 0;color:var(--soft)}@media print{@page{margin:12mm}*{print-color-adjust:exact}
:root{--page: #ffffff}body{max-width:none;padding:0}nav,aside,th,td{position:static!important}.skip,
.contents,.tooltip{display:none}section,canvas,svg,tr,li{break-inside:avoid}h2,thead{break-after:avoid}
.scroll{max-height:none!important;overflow:visible!important}.scroll th,.scroll td{padding-left:2px;
padding-right:2px;white-space:normal!important}.scroll th[scope=row]{min-width:90px;overflow-wrap:break-word}
.scroll *{font-size:8px!important;line-height:1.3}}:root{--grid: #eceff2;--link: #1a58b8;--current: #e2ecf9;--right: #08784f;--wrong: #b93a19;--ray: #d1431f;
--hit: #087f53;--scrub: #1f66d1;--seen: #a12ca6;--trail: #8a95a1;--flip-hit: #0a8a5b;--flip-miss: #dfe4e9;
--policy-0: #66717d;--policy-1: #a47a00;--policy-2: #6a4bc4;--policy-3: #0c7fa3;--policy-4: #c41f5b;
--policy-5: #b85c00;--policy-6: #5d7d1c;--policy-7: #7a5230;--policy-8: #2f3a8f;--policy-9: #6b6400;
--policy-10: #a0584f;--policy-11: #00716b;--policy-12: #8a4fa8;--policy-13: #275f8a}@media screen and (prefers-color-scheme:dark){
:root{--grid: #1d232a;--link: #7fb2ff;--current: #1d2f48;--right: #45c98f;--wrong: #ff8a70;--ray: #ff8a70;
--hit: #45c98f;--scrub: #69a7ff;--seen: #dd7ee0;--trail: #66727f;--flip-hit: #2fa876;--flip-miss: #2a313a;
--policy-0: #a5b0bb;--policy-1: #e6bd42;--policy-2: #a893f5;--policy-3: #4fc7e8;--policy-4: #ff7aa5;
--policy-5: #ff9350;--policy-6: #a9c75b;--policy-7: #c79a74;--policy-8: #8c9af5;--policy-9: #d3cf6b;
--policy-10: #e8a79c;--policy-11: #4fd0c4;--policy-12: #cf9ae6;--policy-13: #9fd0f5}}body{max-width:1560px}h2 small{margin-left:6px;color:var(--soft);font-weight:400}h3{margin:16px 0 4px;
font-size:.8438rem}.notice{padding:10px 14px;background:var(--card);border:1px solid var(--line);border-left:3px
solid var(--wrong);border-radius:6px;overflow-wrap:anywhere}.told:has(.passing){position:sticky;top:8px;
z-index:2}.passing{border-left-color:var(--scrub)}.columns{grid-template-columns:3fr 2fr}dd,.links{overflow-wrap:anywhere}
.links{margin:-8px 0 16px}a{color:var(--link)}.origin dt{flex:none;width:7.5rem}.origin dd{flex:1 1 240px;
min-width:0;font-size:.7812rem;font-weight:400}.origin code{font-size:.75rem}.origin code span{display:inline-block;
max-width:100%}table{width:100%;font-size:.8125rem}th{font-weight:600}thead th{font-size:.75rem;font-weight:400;
vertical-align:bottom}td,th{padding:5px 10px 5px 0}tbody tr{border-top:1px solid var(--line)}.number{
font-variant-numeric:tabular-nums}:focus-visible{outline:2px solid var(--scrub);outline-offset:2px}.unseen{
position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.on-paper{
display:none}select,.steps button,dialog button{min-width:0;padding:4px 8px;background:var(--card);color:var(--ink);
border:1px solid var(--edge);border-radius:5px;font:inherit}.steps button,dialog button{font-size:.7812rem;
cursor:pointer}.steps button:hover,dialog button:hover{background:var(--hover)}.steps{display:flex;flex-wrap:wrap;
gap:6px}.shot-head{display:flex;flex-wrap:wrap;gap:4px 20px;justify-content:space-between;margin-bottom:12px}
.shot-head .hint{margin-bottom:0;overflow-wrap:anywhere}dialog{max-width:min(560px,calc(100vw - 32px));
padding:18px 20px;background:var(--card);color:var(--ink);border:1px solid var(--edge);border-radius:8px}
dialog::backdrop{background:#00000073}.words{display:grid;gap:6px;margin:10px 0 14px}.words div{display:grid;
grid-template-columns:minmax(110px,1fr) 4fr;gap:12px}.words dt,.words dd{font-size:.8125rem;font-weight:400;
overflow-wrap:anywhere}.words dt{color:var(--ink)}kbd{padding:0 4px;border:1px solid var(--line);border-radius:4px;
color:var(--soft);font-family:inherit;font-size:.7188rem;font-weight:400}.mark{display:inline-block;width:13px;height:13px;vertical-align:-2px;overflow:visible}.mark path{fill:currentColor;
stroke:currentColor;stroke-width:1.2}.mark.hollow path{fill:none}.strong{font-weight:600;white-space:nowrap}
.policies th[scope=row]{min-width:108px;overflow-wrap:anywhere}.policies thead th{max-width:96px}.policies
thead small{white-space:nowrap}.bar{display:block;width:92px;margin:2px 0 0 auto}.bar span{display:block;
height:4px;background:var(--scrub);border-radius:2px}.policies .causes{width:34%;max-width:none;padding-left:14px;
color:var(--soft)}.columns .hint{overflow-wrap:anywhere}.policies+.hint,.scroll+.hint{margin-top:10px}.list{position:sticky;top:12px;display:flex;flex-direction:column;max-height:calc(100vh - 24px);padding:18px
0 0;overflow:hidden}.list h2,.filters,.list-legend{padding:0 18px}.filters{display:grid;grid-template-columns:1fr
1fr;gap:6px;margin:10px 0;font-size:.7812rem}.filters select{width:100%}.filters label{display:flex;
gap:5px;align-items:center}.list-legend{margin:0 0 8px;color:var(--soft);font-size:.7188rem;line-height:1.35}
#shots{position:relative;overflow-y:auto;min-height:160px;border-top:1px solid var(--line)}#shots:focus-visible{
outline-offset:-2px}.rows{position:relative}.shot{position:absolute;left:0;right:0;display:grid;grid-template-columns:40px
minmax(0,1fr) auto;gap:1px 8px;height:3.125rem;padding:6px 18px;overflow:hidden;border-bottom:1px solid
var(--grid);font-size:.7812rem;font-variant-numeric:tabular-nums;cursor:pointer}.shot:hover{background:var(--hover)}
.shot[aria-selected=true]{background:var(--current);box-shadow:inset 3px 0 var(--scrub)}.shot .when,
.shot .game{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.shot .game{max-width:110px}.when
bdi{display:inline-block;max-width:calc(100% - 7.5em);overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
.when{color:var(--soft)}.is-hit{color:var(--right)}.dots{grid-column:1 / 3;display:flex;gap:3px;align-items:center}
.dots .mark{width:11px;height:11px}.many .dots{gap:1px}.many .dots .mark{width:9px;height:9px}.no-mark{
width:9px;color:var(--soft);text-align:center}.flip{align-self:center;justify-self:end;width:84px;height:6px;
border-radius:2px}.stage{display:grid;grid-template-columns:330px 1fr;gap:0 16px;align-items:start}.legend{gap:2px 16px;
margin:8px 0 14px;color:var(--soft);font-size:.75rem}.key{display:inline-block;width:12px;height:12px;
margin-right:5px;vertical-align:-2px;border:2px solid var(--ink);border-radius:2px}.key.scrubbed{border-color:var(--scrub);
background:color-mix(in srgb,var(--scrub) 25%,transparent)}.key.seen{border:2px dashed var(--seen)}.key.ray{
height:0;border:0;border-top:2px solid var(--ray);vertical-align:4px}.key.trail{width:5px;height:5px;
border:0;border-radius:50%;background:var(--trail);vertical-align:2px}.turn{display:flex;flex-wrap:wrap;gap:4px 14px;margin:0 0 8px;font-size:.7812rem}.turn span{color:var(--soft)}
.turn label{display:flex;gap:5px;align-items:center}.views{display:grid;grid-template-columns:minmax(0,1fr)
minmax(0,380px);grid-template-rows:1fr 1fr;gap:10px;height:500px}figure{position:relative;min-height:0;
margin:0;overflow:hidden;border:1px solid var(--line);border-radius:6px}.view-top,.view-side{grid-column:1}
.view-aim{grid-column:2;grid-row:1 / 3}figcaption small{margin-left:.7em}figcaption{position:absolute;
right:0;top:0;max-width:calc(100% - 84px);text-align:right;padding:4px 9px;background:color-mix(in srgb,var(--card)
86%,transparent);border-bottom-left-radius:5px;color:var(--soft);font-size:.7188rem;pointer-events:none}
figure canvas{display:block;width:100%;height:100%;cursor:grab;touch-action:pan-y}figure canvas.is-moved{
touch-action:none}figure canvas:active{cursor:grabbing}figure canvas:focus{outline:2px solid var(--scrub);
outline-offset:-2px;border-radius:6px}.labels{position:absolute;inset:0;margin:0;padding:0;list-style:none;
pointer-events:none;contain:layout style}.labels li{position:absolute;left:0;top:0;height:17px;padding:0
3px 0 4px;overflow:hidden;background:color-mix(in srgb,var(--card) 86%,transparent);color:var(--ink);
border-left:3px solid;border-radius:2px;font:11.5px/17px system-ui,sans-serif;white-space:nowrap}.left-list{
position:absolute;width:1px;height:1px;margin:0;padding:0;overflow:hidden;clip-path:inset(50%)}.tools{
position:absolute;left:6px;bottom:6px;display:flex;gap:4px}.tools button{min-width:26px;height:26px;
padding:0 6px;background:color-mix(in srgb,var(--card) 86%,transparent);color:var(--ink);border:1px solid
var(--soft);border-radius:5px;font:12px system-ui,sans-serif;cursor:pointer}.tools button:hover{background:var(--hover)}
@media(max-width:1000px){.views{grid-template-columns:minmax(0,1fr);grid-template-rows:230px 210px 300px;
height:auto}.view-aim{grid-column:1;grid-row:3}}@media(pointer:coarse),(max-width:600px){.turn label{
min-height:40px}.tools button{min-width:40px;height:40px}}@media print{.tools,.turn{display:none}}.curve{height:210px;border:0}.curve canvas{cursor:crosshair}.reading{margin:4px 0 0;min-height:1.5em;
color:var(--soft);font-size:.7812rem;font-variant-numeric:tabular-nums}#readout{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}.scrubber{margin-bottom:14px}
#rewind{display:block;width:100%;margin:6px 0 4px;accent-color:var(--scrub)}#flips{position:relative;
height:14px;margin:0 8px 30px;border-radius:3px;cursor:pointer}.flip-mark{position:absolute;top:-3px;
width:14px;height:36px;margin-left:-7px}.flip-mark:before{content:"";position:absolute;left:5px;width:4px;
height:20px;background:currentColor;border:solid var(--card);border-width:0 1px}.flip-mark>*{position:absolute;
left:1px;top:22px;width:12px;height:12px}.verdicts td:last-child,.verdicts th:last-child{width:26%}.verdicts
td:nth-child(n+3){min-width:66px}.verdicts td:nth-child(6){min-width:84px}.verdicts th[scope=row]{min-width:140px}
.verdicts thead th{overflow-wrap:normal}.verdicts td,.verdicts th{font-variant-numeric:tabular-nums;
overflow-wrap:anywhere}.verdicts td:first-child{width:30px}.jump,.swatch{padding:0;background:none;color:inherit;
border:0;font:inherit;cursor:pointer}.jump{text-align:left;overflow-wrap:anywhere}.swatch{min-width:24px;
min-height:24px}.jumps{cursor:pointer}.jumps:hover{background:var(--hover)}.differs td:last-child{color:var(--wrong)}
#claims{margin:0;padding:0;list-style:none;font-size:.8125rem}.claim{padding:8px 0;border-top:1px solid
var(--line);overflow-wrap:anywhere}.claim p{margin:0 0 2px 22px}.claim p:first-child{margin-left:0}.claim
.mark{margin-right:5px}.evidence{color:var(--soft)}.word{padding:0 6px;border:1px solid var(--line);
border-radius:4px;color:var(--wrong);white-space:nowrap}details{margin-top:12px;font-size:.8125rem}summary{
cursor:pointer}@media(max-width:1000px){.columns,.stage{grid-template-columns:minmax(0,1fr)}.list{position:static;max-height:none}
#shots{height:252px}}@media(max-width:700px){body{padding:18px 12px 32px}section{padding:14px}.list{
padding:14px 0 0}dl{gap:6px 20px}.words div{grid-template-columns:minmax(0,1fr);gap:0}.policies thead,
.verdicts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.policies,
.policies tbody,.verdicts,.verdicts tbody{display:block}.policies tr{display:grid;grid-template-columns:1fr
1fr;gap:2px 14px;padding:8px 0}.verdicts tr{display:grid;grid-template-columns:30px 1fr 1fr;gap:2px 8px;
padding:8px 0}.policies th[scope],.policies td,.verdicts th[scope],.verdicts td{display:block;min-width:0;
width:auto;padding:0}.policies th[scope=row],.policies td.causes{grid-column:1 / -1;width:auto;padding:0}
.verdicts th[scope=row]{grid-column:2 / -1}.verdicts td:first-child{width:auto}.verdicts td:nth-child(n),
.verdicts th[scope=row]{min-width:0}.verdicts td:nth-child(n+3){grid-column:auto}.verdicts td:nth-child(3),
.verdicts td:nth-child(5){grid-column:2}.verdicts td:last-child{grid-column:2 / -1;width:auto}.verdicts
td.empty,.policies td.empty{display:none}.policies td,.policies .number{text-align:left}.policies .bar{
margin:2px 0 0}td[data-head]:before{content:attr(data-head) " ";color:var(--soft);font-weight:400;font-size:.75rem}}
@media(pointer:coarse){#rewind{height:32px}.jump,.swatch,.steps button,dialog button,select,summary{
min-height:32px}.jump,.swatch{min-width:32px}summary{line-height:32px}}@media print{:root{print-color-adjust:exact}body{padding:0}section{break-inside:avoid}.scene{break-inside:auto}
.columns,.stage{display:block}.list{position:static;max-height:none;padding-bottom:18px}#shots,.filters,
.list-legend,.steps,#rewind,#link-note{display:none}.on-paper{display:block;margin:4px 18px 0;color:var(--soft)}
.scroll{overflow:visible}.claim,.views,tr{break-inside:avoid}}
`;
