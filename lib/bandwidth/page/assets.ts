// Made by `deno task page-assets`; what it is made from is edited instead.

/** uPlot, which defines `uPlot`. */
export const PLOT_SCRIPT: string = `/*! https://github.com/leeoniya/uPlot (v1.6.32) */
var uPlot=function(){"use strict";const l="u-off",e="u-label",t="width",n="height",i="top",o="bottom",s="left",r="right",u="#000",a=u+"0",f="mousemove",c="mousedown",h="mouseup",d="mouseenter",p="mouseleave",m="dblclick",g="change",x="dppxchange",w="--",_="undefined"!=typeof window,b=_?document:null,v=_?window:null,k=_?navigator:null;let y,M;function S(l,e){if(null!=e){let t=l.classList;!t.contains(e)&&t.add(e)}}function T(l,e){let t=l.classList;t.contains(e)&&t.remove(e)}function E(l,e,t){l.style[e]=t+"px"}function z(l,e,t,n){let i=b.createElement(l);return null!=e&&S(i,e),null!=t&&t.insertBefore(i,n),i}function D(l,e){return z("div",l,e)}const P=new WeakMap;function A(e,t,n,i,o){let s="translate("+t+"px,"+n+"px)";s!=P.get(e)&&(e.style.transform=s,P.set(e,s),0>t||0>n||t>i||n>o?S(e,l):T(e,l))}const W=new WeakMap;function Y(l,e,t){let n=e+t;n!=W.get(l)&&(W.set(l,n),l.style.background=e,l.style.borderColor=t)}const C=new WeakMap;function H(l,e,t,n){let i=e+""+t;i!=C.get(l)&&(C.set(l,i),l.style.height=t+"px",l.style.width=e+"px",l.style.marginLeft=n?-e/2+"px":0,l.style.marginTop=n?-t/2+"px":0)}const F={passive:!0},R={...F,capture:!0};function G(l,e,t,n){e.addEventListener(l,t,n?R:F)}function I(l,e,t){e.removeEventListener(l,t,F)}function L(l,e,t,n){let i;t=t||0;let o=2147483647>=(n=n||e.length-1);for(;n-t>1;)i=o?t+n>>1:sl((t+n)/2),l>e[i]?t=i:n=i;return l-e[t]>e[n]-l?n:t}function O(l){return(e,t,n)=>{let i=-1,o=-1;for(let o=t;n>=o;o++)if(l(e[o])){i=o;break}for(let i=n;i>=t;i--)if(l(e[i])){o=i;break}return[i,o]}}_&&function l(){let e=devicePixelRatio;y!=e&&(y=e,M&&I(g,M,l),M=matchMedia(\`(min-resolution: \${y-.001}dppx) and (max-resolution: \${y+.001}dppx)\`),G(g,M,l),v.dispatchEvent(new CustomEvent(x)))}();const N=l=>null!=l,j=l=>null!=l&&l>0,U=O(N),V=O(j);function B(l,e,t,n){let i=hl(l),o=hl(e);l==e&&(-1==i?(l*=t,e/=t):(l/=t,e*=t));let s=10==t?dl:pl,r=1==o?ul:sl,u=(1==i?sl:ul)(s(ol(l))),a=r(s(ol(e))),f=cl(t,u),c=cl(t,a);return 10==t&&(0>u&&(f=Al(f,-u)),0>a&&(c=Al(c,-a))),n||2==t?(l=f*i,e=c*o):(l=Pl(l,f),e=Dl(e,c)),[l,e]}function $(l,e,t,n){let i=B(l,e,t,n);return 0==l&&(i[0]=0),0==e&&(i[1]=0),i}const J=.1,q={mode:3,pad:J},K={pad:0,soft:null,mode:0},X={min:K,max:K};function Z(l,e,t,n){return Ol(t)?ll(l,e,t):(K.pad=t,K.soft=n?0:null,K.mode=n?3:0,ll(l,e,X))}function Q(l,e){return null==l?e:l}function ll(l,e,t){let n=t.min,i=t.max,o=Q(n.pad,0),s=Q(i.pad,0),r=Q(n.hard,-gl),u=Q(i.hard,gl),a=Q(n.soft,gl),f=Q(i.soft,-gl),c=Q(n.mode,0),h=Q(i.mode,0),d=e-l,p=dl(d),m=fl(ol(l),ol(e)),g=dl(m),x=ol(g-p);(1e-24>d||x>10)&&(d=0,0!=l&&0!=e||(d=1e-24,2==c&&a!=gl&&(o=0),2==h&&f!=-gl&&(s=0)));let w=d||m||1e3,_=dl(w),b=cl(10,sl(_)),v=Al(Pl(l-w*(0==d?0==l?.1:1:o),b/10),24),k=a>l||1!=c&&(3!=c||v>a)&&(2!=c||a>v)?gl:a,y=fl(r,k>v&&l>=k?k:al(k,v)),M=Al(Dl(e+w*(0==d?0==e?.1:1:s),b/10),24),S=e>f||1!=h&&(3!=h||f>M)&&(2!=h||M>f)?-gl:f,T=al(u,M>S&&S>=e?S:fl(S,M));return y==T&&0==y&&(T=100),[y,T]}const el=new Intl.NumberFormat(_?k.language:"en-US"),tl=l=>el.format(l),nl=Math,il=nl.PI,ol=nl.abs,sl=nl.floor,rl=nl.round,ul=nl.ceil,al=nl.min,fl=nl.max,cl=nl.pow,hl=nl.sign,dl=nl.log10,pl=nl.log2,ml=(l,e=1)=>nl.asinh(l/e),gl=1/0;function xl(l){return 1+(0|dl((l^l>>31)-(l>>31)))}function wl(l,e,t){return al(fl(l,e),t)}function _l(l){return"function"==typeof l}function bl(l){return _l(l)?l:()=>l}const vl=l=>l,kl=(l,e)=>e,yl=()=>null,Ml=()=>!0,Sl=(l,e)=>l==e,Tl=/\\.\\d*?(?=9{6,}|0{6,})/gm,El=l=>{if(Il(l)||Wl.has(l))return l;const e=""+l,t=e.match(Tl);if(null==t)return l;let n=t[0].length-1;if(-1!=e.indexOf("e-")){let[l,t]=e.split("e");return+\`\${El(l)}e\${t}\`}return Al(l,n)};function zl(l,e){return El(Al(El(l/e))*e)}function Dl(l,e){return El(ul(El(l/e))*e)}function Pl(l,e){return El(sl(El(l/e))*e)}function Al(l,e=0){if(Il(l))return l;let t=10**e;return rl(l*t*(1+Number.EPSILON))/t}const Wl=new Map;function Yl(l){return((""+l).split(".")[1]||"").length}function Cl(l,e,t,n){let i=[],o=n.map(Yl);for(let s=e;t>s;s++){let e=ol(s),t=Al(cl(l,s),e);for(let r=0;n.length>r;r++){let u=10==l?+\`\${n[r]}e\${s}\`:n[r]*t,a=(0>s?e:0)+(o[r]>s?o[r]:0),f=10==l?u:Al(u,a);i.push(f),Wl.set(f,a)}}return i}const Hl={},Fl=[],Rl=[null,null],Gl=Array.isArray,Il=Number.isInteger;function Ll(l){return"string"==typeof l}function Ol(l){let e=!1;if(null!=l){let t=l.constructor;e=null==t||t==Object}return e}function Nl(l){return null!=l&&"object"==typeof l}const jl=Object.getPrototypeOf(Uint8Array),Ul="__proto__";function Vl(l,e=Ol){let t;if(Gl(l)){let n=l.find((l=>null!=l));if(Gl(n)||e(n)){t=Array(l.length);for(let n=0;l.length>n;n++)t[n]=Vl(l[n],e)}else t=l.slice()}else if(l instanceof jl)t=l.slice();else if(e(l)){t={};for(let n in l)n!=Ul&&(t[n]=Vl(l[n],e))}else t=l;return t}function Bl(l){let e=arguments;for(let t=1;e.length>t;t++){let n=e[t];for(let e in n)e!=Ul&&(Ol(l[e])?Bl(l[e],Vl(n[e])):l[e]=Vl(n[e]))}return l}function $l(l,e,t){for(let n,i=0,o=-1;e.length>i;i++){let s=e[i];if(s>o){for(n=s-1;n>=0&&null==l[n];)l[n--]=null;for(n=s+1;t>n&&null==l[n];)l[o=n++]=null}}}const Jl="undefined"==typeof queueMicrotask?l=>Promise.resolve().then(l):queueMicrotask,ql=["January","February","March","April","May","June","July","August","September","October","November","December"],Kl=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Xl(l){return l.slice(0,3)}const Zl=Kl.map(Xl),Ql=ql.map(Xl),le={MMMM:ql,MMM:Ql,WWWW:Kl,WWW:Zl};function ee(l){return(10>l?"0":"")+l}const te={YYYY:l=>l.getFullYear(),YY:l=>(l.getFullYear()+"").slice(2),MMMM:(l,e)=>e.MMMM[l.getMonth()],MMM:(l,e)=>e.MMM[l.getMonth()],MM:l=>ee(l.getMonth()+1),M:l=>l.getMonth()+1,DD:l=>ee(l.getDate()),D:l=>l.getDate(),WWWW:(l,e)=>e.WWWW[l.getDay()],WWW:(l,e)=>e.WWW[l.getDay()],HH:l=>ee(l.getHours()),H:l=>l.getHours(),h:l=>{let e=l.getHours();return 0==e?12:e>12?e-12:e},AA:l=>12>l.getHours()?"AM":"PM",aa:l=>12>l.getHours()?"am":"pm",a:l=>12>l.getHours()?"a":"p",mm:l=>ee(l.getMinutes()),m:l=>l.getMinutes(),ss:l=>ee(l.getSeconds()),s:l=>l.getSeconds(),fff:l=>function(l){return(10>l?"00":100>l?"0":"")+l}(l.getMilliseconds())};function ne(l,e){e=e||le;let t,n=[],i=/\\{([a-z]+)\\}|[^{]+/gi;for(;t=i.exec(l);)n.push("{"==t[0][0]?te[t[1]]:t[0]);return l=>{let t="";for(let i=0;n.length>i;i++)t+="string"==typeof n[i]?n[i]:n[i](l,e);return t}}const ie=(new Intl.DateTimeFormat).resolvedOptions().timeZone,oe=l=>l%1==0,se=[1,2,2.5,5],re=Cl(10,-32,0,se),ue=Cl(10,0,32,se),ae=ue.filter(oe),fe=re.concat(ue),ce="{YYYY}",he="\\n"+ce,de="{M}/{D}",pe="\\n"+de,me=pe+"/{YY}",ge="{aa}",xe="{h}:{mm}"+ge,we="\\n"+xe,_e=":{ss}",be=null;function ve(l){let e=1e3*l,t=60*e,n=60*t,i=24*n,o=30*i,s=365*i;return[(1==l?Cl(10,0,3,se).filter(oe):Cl(10,-3,0,se)).concat([e,5*e,10*e,15*e,30*e,t,5*t,10*t,15*t,30*t,n,2*n,3*n,4*n,6*n,8*n,12*n,i,2*i,3*i,4*i,5*i,6*i,7*i,8*i,9*i,10*i,15*i,o,2*o,3*o,4*o,6*o,s,2*s,5*s,10*s,25*s,50*s,100*s]),[[s,ce,be,be,be,be,be,be,1],[28*i,"{MMM}",he,be,be,be,be,be,1],[i,de,he,be,be,be,be,be,1],[n,"{h}"+ge,me,be,pe,be,be,be,1],[t,xe,me,be,pe,be,be,be,1],[e,_e,me+" "+xe,be,pe+" "+xe,be,we,be,1],[l,_e+".{fff}",me+" "+xe,be,pe+" "+xe,be,we,be,1]],function(e){return(r,u,a,f,c,h)=>{let d=[],p=c>=s,m=c>=o&&s>c,g=e(a),x=Al(g*l,3),w=Pe(g.getFullYear(),p?0:g.getMonth(),m||p?1:g.getDate()),_=Al(w*l,3);if(m||p){let t=m?c/o:0,n=p?c/s:0,i=x==_?x:Al(Pe(w.getFullYear()+n,w.getMonth()+t,1)*l,3),r=new Date(rl(i/l)),u=r.getFullYear(),a=r.getMonth();for(let o=0;f>=i;o++){let s=Pe(u+n*o,a+t*o,1),r=s-e(Al(s*l,3));i=Al((+s+r)*l,3),i>f||d.push(i)}}else{let o=i>c?c:i,s=_+(sl(a)-sl(x))+Dl(x-_,o);d.push(s);let p=e(s),m=p.getHours()+p.getMinutes()/t+p.getSeconds()/n,g=c/n,w=h/r.axes[u]._space;for(;s=Al(s+c,1==l?0:3),f>=s;)if(g>1){let l=sl(Al(m+g,6))%24,t=e(s).getHours()-l;t>1&&(t=-1),s-=t*n,m=(m+g)%24,.7>Al((s-d[d.length-1])/c,3)*w||d.push(s)}else d.push(s)}return d}}]}const[ke,ye,Me]=ve(1),[Se,Te,Ee]=ve(.001);function ze(l,e){return l.map((l=>l.map(((t,n)=>0==n||8==n||null==t?t:e(1==n||0==l[8]?t:l[1]+t)))))}function De(l,e){return(t,n,i,o,s)=>{let r,u,a,f,c,h,d=e.find((l=>s>=l[0]))||e[e.length-1];return n.map((e=>{let t=l(e),n=t.getFullYear(),i=t.getMonth(),o=t.getDate(),s=t.getHours(),p=t.getMinutes(),m=t.getSeconds(),g=n!=r&&d[2]||i!=u&&d[3]||o!=a&&d[4]||s!=f&&d[5]||p!=c&&d[6]||m!=h&&d[7]||d[1];return r=n,u=i,a=o,f=s,c=p,h=m,g(t)}))}}function Pe(l,e,t){return new Date(l,e,t)}function Ae(l,e){return e(l)}function We(l,e){return(t,n,i,o)=>null==o?w:e(l(n))}Cl(2,-53,53,[1]);const Ye={show:!0,live:!0,isolate:!1,mount:()=>{},markers:{show:!0,width:2,stroke:function(l,e){let t=l.series[e];return t.width?t.stroke(l,e):t.points.width?t.points.stroke(l,e):null},fill:function(l,e){return l.series[e].fill(l,e)},dash:"solid"},idx:null,idxs:null,values:[]},Ce=[0,0];function He(l,e,t,n=!0){return l=>{0==l.button&&(!n||l.target==e)&&t(l)}}function Fe(l,e,t,n=!0){return l=>{(!n||l.target==e)&&t(l)}}const Re={show:!0,x:!0,y:!0,lock:!1,move:function(l,e,t){return Ce[0]=e,Ce[1]=t,Ce},points:{one:!1,show:function(l,e){let i=l.cursor.points,o=D(),s=i.size(l,e);E(o,t,s),E(o,n,s);let r=s/-2;E(o,"marginLeft",r),E(o,"marginTop",r);let u=i.width(l,e,s);return u&&E(o,"borderWidth",u),o},size:function(l,e){return l.series[e].points.size},width:0,stroke:function(l,e){let t=l.series[e].points;return t._stroke||t._fill},fill:function(l,e){let t=l.series[e].points;return t._fill||t._stroke}},bind:{mousedown:He,mouseup:He,click:He,dblclick:He,mousemove:Fe,mouseleave:Fe,mouseenter:Fe},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(l,e)=>{e.stopPropagation(),e.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(l,e,t,n,i)=>n-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},Ge={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Ie=Bl({},Ge,{filter:kl}),Le=Bl({},Ie,{size:10}),Oe=Bl({},Ge,{show:!1}),Ne='12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"',je="bold "+Ne,Ue={show:!0,scale:"x",stroke:u,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:2,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},Ve={show:!0,scale:"x",auto:!1,sorted:1,min:gl,max:-gl,idxs:[]};function Be(l,e){return e.map((l=>null==l?"":tl(l)))}function $e(l,e,t,n,i,o,s){let r=[],u=Wl.get(i)||0;for(let l=t=s?t:Al(Dl(t,i),u);n>=l;l=Al(l+i,u))r.push(Object.is(l,-0)?0:l);return r}function Je(l,e,t,n,i){const o=[],s=l.scales[l.axes[e].scale].log,r=sl((10==s?dl:pl)(t));i=cl(s,r),10==s&&(i=fe[L(i,fe)]);let u=t,a=i*s;10==s&&(a=fe[L(a,fe)]);do{o.push(u),u+=i,10!=s||Wl.has(u)||(u=Al(u,Wl.get(i))),a>u||(a=(i=u)*s,10==s&&(a=fe[L(a,fe)]))}while(n>=u);return o}function qe(l,e,t,n,i){let o=l.scales[l.axes[e].scale].asinh,s=n>o?Je(l,e,fl(o,t),n,i):[o],r=0>n||t>0?[]:[0];return(-o>t?Je(l,e,fl(o,-n),-t,i):[o]).reverse().map((l=>-l)).concat(r,s)}const Ke=/./,Xe=/[12357]/,Ze=/[125]/,Qe=/1/,lt=(l,e,t,n)=>l.map(((l,i)=>4==e&&0==l||i%n==0&&t.test(l.toExponential()[0>l?1:0])?l:null));function et(l,e,t){let n=l.axes[t],i=n.scale,o=l.scales[i],s=l.valToPos,r=n._space,u=s(10,i),a=s(9,i)-u<r?s(7,i)-u<r?s(5,i)-u<r?Qe:Ze:Xe:Ke;if(a==Qe){let l=ol(s(1,i)-u);if(r>l)return lt(e.slice().reverse(),o.distr,a,ul(r/l)).reverse()}return lt(e,o.distr,a,1)}function tt(l,e,t){let n=l.axes[t],i=n.scale,o=n._space,s=l.valToPos,r=ol(s(1,i)-s(2,i));return o>r?lt(e.slice().reverse(),3,Ke,ul(o/r)).reverse():e}function nt(l,e,t,n){return null==n?w:null==e?"":tl(e)}const it={show:!0,scale:"y",stroke:u,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:3,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},ot={scale:null,auto:!0,sorted:0,min:gl,max:-gl},st=(l,e,t,n,i)=>i,rt={show:!0,auto:!0,sorted:0,gaps:st,alpha:1,facets:[Bl({},ot,{scale:"x"}),Bl({},ot,{scale:"y"})]},ut={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:st,alpha:1,points:{show:function(l,e){let{scale:t,idxs:n}=l.series[0],i=l._data[0],o=l.valToPos(i[n[0]],t,!0),s=l.valToPos(i[n[1]],t,!0);return ol(s-o)/(l.series[e].points.space*y)>=n[1]-n[0]},filter:null},values:null,min:gl,max:-gl,idxs:[],path:null,clip:null};function at(l,e,t){return t/10}const ft={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},ct=Bl({},ft,{time:!1,ori:1}),ht={};function dt(l){let e=ht[l];return e||(e={key:l,plots:[],sub(l){e.plots.push(l)},unsub(l){e.plots=e.plots.filter((e=>e!=l))},pub(l,t,n,i,o,s,r){for(let u=0;e.plots.length>u;u++)e.plots[u]!=t&&e.plots[u].pub(l,t,n,i,o,s,r)}},null!=l&&(ht[l]=e)),e}function pt(l,e,t){const n=l.mode,i=l.series[e],o=2==n?l._data[e]:l._data,s=l.scales,r=l.bbox;let u=o[0],a=2==n?o[1]:o[e],f=2==n?s[i.facets[0].scale]:s[l.series[0].scale],c=2==n?s[i.facets[1].scale]:s[i.scale],h=r.left,d=r.top,p=r.width,m=r.height,g=l.valToPosH,x=l.valToPosV;return 0==f.ori?t(i,u,a,f,c,g,x,h,d,p,m,kt,Mt,Tt,zt,Pt):t(i,u,a,f,c,x,g,d,h,m,p,yt,St,Et,Dt,At)}function mt(l,e){let t=0,n=0,i=Q(l.bands,Fl);for(let l=0;i.length>l;l++){let o=i[l];o.series[0]==e?t=o.dir:o.series[1]==e&&(n|=1==o.dir?1:2)}return[t,1==n?-1:2==n?1:3==n?2:0]}function gt(l,e,t,n,i){let o=l.series[e],s=l.scales[2==l.mode?o.facets[1].scale:o.scale];return-1==i?s.min:1==i?s.max:3==s.distr?1==s.dir?s.min:s.max:0}function xt(l,e,t,n,i,o){return pt(l,e,((l,e,s,r,u,a,f,c,h,d,p)=>{let m=l.pxRound;const g=0==r.ori?Mt:St;let x,w;1==r.dir*(0==r.ori?1:-1)?(x=t,w=n):(x=n,w=t);let _=m(a(e[x],r,d,c)),b=m(f(s[x],u,p,h)),v=m(a(e[w],r,d,c)),k=m(f(1==o?u.max:u.min,u,p,h)),y=new Path2D(i);return g(y,v,k),g(y,_,k),g(y,_,b),y}))}function wt(l,e,t,n,i,o){let s=null;if(l.length>0){s=new Path2D;const r=0==e?Tt:Et;let u=t;for(let e=0;l.length>e;e++){let t=l[e];if(t[1]>t[0]){let l=t[0]-u;l>0&&r(s,u,n,l,n+o),u=t[1]}}let a=t+i-u,f=10;a>0&&r(s,u,n-f/2,a,n+o+f)}return s}function _t(l,e,t,n,i,o,s){let r=[],u=l.length;for(let a=1==i?t:n;a>=t&&n>=a;a+=i)if(null===e[a]){let f=a,c=a;if(1==i)for(;++a<=n&&null===e[a];)c=a;else for(;--a>=t&&null===e[a];)c=a;let h=o(l[f]),d=c==f?h:o(l[c]),p=f-i;h=s>0||0>p||p>=u?h:o(l[p]);let m=c+i;d=0>s||0>m||m>=u?d:o(l[m]),h>d||r.push([h,d])}return r}function bt(l){return 0==l?vl:1==l?rl:e=>zl(e,l)}function vt(l){let e=0==l?kt:yt,t=0==l?(l,e,t,n,i,o)=>{l.arcTo(e,t,n,i,o)}:(l,e,t,n,i,o)=>{l.arcTo(t,e,i,n,o)},n=0==l?(l,e,t,n,i)=>{l.rect(e,t,n,i)}:(l,e,t,n,i)=>{l.rect(t,e,i,n)};return(l,i,o,s,r,u=0,a=0)=>{0==u&&0==a?n(l,i,o,s,r):(u=al(u,s/2,r/2),a=al(a,s/2,r/2),e(l,i+u,o),t(l,i+s,o,i+s,o+r,u),t(l,i+s,o+r,i,o+r,a),t(l,i,o+r,i,o,a),t(l,i,o,i+s,o,u),l.closePath())}}const kt=(l,e,t)=>{l.moveTo(e,t)},yt=(l,e,t)=>{l.moveTo(t,e)},Mt=(l,e,t)=>{l.lineTo(e,t)},St=(l,e,t)=>{l.lineTo(t,e)},Tt=vt(0),Et=vt(1),zt=(l,e,t,n,i,o)=>{l.arc(e,t,n,i,o)},Dt=(l,e,t,n,i,o)=>{l.arc(t,e,n,i,o)},Pt=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(e,t,n,i,o,s)},At=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(t,e,i,n,s,o)};function Wt(){return(l,e,t,n,i)=>pt(l,e,((e,o,s,r,u,a,f,c,h,d,p)=>{let m,g,{pxRound:x,points:w}=e;0==r.ori?(m=kt,g=zt):(m=yt,g=Dt);const _=Al(w.width*y,3);let b=(w.size-w.width)/2*y,v=Al(2*b,3),k=new Path2D,M=new Path2D,{left:S,top:T,width:E,height:z}=l.bbox;Tt(M,S-v,T-v,E+2*v,z+2*v);const D=l=>{if(null!=s[l]){let e=x(a(o[l],r,d,c)),t=x(f(s[l],u,p,h));m(k,e+b,t),g(k,e,t,b,0,2*il)}};if(i)i.forEach(D);else for(let l=t;n>=l;l++)D(l);return{stroke:_>0?k:null,fill:k,clip:M,flags:3}}))}function Yt(l){return(e,t,n,i,o,s)=>{n!=i&&(o!=n&&s!=n&&l(e,t,n),o!=i&&s!=i&&l(e,t,i),l(e,t,s))}}const Ct=Yt(Mt),Ht=Yt(St);function Ft(l){const e=Q(l?.alignGaps,0);return(l,t,n,i)=>pt(l,t,((o,s,r,u,a,f,c,h,d,p,m)=>{[n,i]=U(r,n,i);let g,x,w=o.pxRound,_=l=>w(f(l,u,p,h)),b=l=>w(c(l,a,m,d));0==u.ori?(g=Mt,x=Ct):(g=St,x=Ht);const v=u.dir*(0==u.ori?1:-1),k={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},y=k.stroke;let M=!1;if(i-n<4*p)for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let e=r[l];null===e?M=!0:null!=e&&g(y,_(s[l]),b(e))}else{let e,t,o,a=e=>l.posToVal(e,u.key,!0),f=null,c=null,h=_(s[1==v?n:i]),d=_(s[n]),p=_(s[i]),m=a(1==v?d+1:p-1);for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let n=s[l],i=(1==v?m>n:n>m)?h:_(n),o=r[l];i==h?null!=o?(t=o,null==f?(g(y,i,b(t)),e=f=c=t):f>t?f=t:t>c&&(c=t)):null===o&&(M=!0):(null!=f&&x(y,h,b(f),b(c),b(e),b(t)),null!=o?(t=o,g(y,i,b(t)),f=c=e=t):(f=c=null,null===o&&(M=!0)),h=i,m=a(h+v))}null!=f&&f!=c&&o!=h&&x(y,h,b(f),b(c),b(e),b(t))}let[S,T]=mt(l,t);if(null!=o.fill||0!=S){let e=k.fill=new Path2D(y),r=b(o.fillTo(l,t,o.min,o.max,S)),u=_(s[n]),a=_(s[i]);-1==v&&([a,u]=[u,a]),g(e,a,r),g(e,u,r)}if(!o.spanGaps){let a=[];M&&a.push(..._t(s,r,n,i,v,_,e)),k.gaps=a=o.gaps(l,t,n,i,a),k.clip=wt(a,u.ori,h,d,p,m)}return 0!=T&&(k.band=2==T?[xt(l,t,n,i,y,-1),xt(l,t,n,i,y,1)]:xt(l,t,n,i,y,T)),k}))}function Rt(l,e,t,n,i,o,s=gl){if(l.length>1){let r=null;for(let u=0,a=1/0;l.length>u;u++)if(void 0!==e[u]){if(null!=r){let e=ol(l[u]-l[r]);a>e&&(a=e,s=ol(t(l[u],n,i,o)-t(l[r],n,i,o)))}r=u}}return s}function Gt(l,e,t,n,i){const o=l.length;if(2>o)return null;const s=new Path2D;if(t(s,l[0],e[0]),2==o)n(s,l[1],e[1]);else{let t=Array(o),n=Array(o-1),r=Array(o-1),u=Array(o-1);for(let t=0;o-1>t;t++)r[t]=e[t+1]-e[t],u[t]=l[t+1]-l[t],n[t]=r[t]/u[t];t[0]=n[0];for(let l=1;o-1>l;l++)0===n[l]||0===n[l-1]||n[l-1]>0!=n[l]>0?t[l]=0:(t[l]=3*(u[l-1]+u[l])/((2*u[l]+u[l-1])/n[l-1]+(u[l]+2*u[l-1])/n[l]),isFinite(t[l])||(t[l]=0));t[o-1]=n[o-2];for(let n=0;o-1>n;n++)i(s,l[n]+u[n]/3,e[n]+t[n]*u[n]/3,l[n+1]-u[n]/3,e[n+1]-t[n+1]*u[n]/3,l[n+1],e[n+1])}return s}const It=new Set;function Lt(){for(let l of It)l.syncRect(!0)}_&&(G("resize",v,Lt),G("scroll",v,Lt,!0),G(x,v,(()=>{en.pxRatio=y})));const Ot=Ft(),Nt=Wt();function jt(l,e,t,n){return(n?[l[0],l[1]].concat(l.slice(2)):[l[0]].concat(l.slice(1))).map(((l,n)=>Ut(l,n,e,t)))}function Ut(l,e,t,n){return Bl({},0==e?t:n,l)}function Vt(l,e,t){return null==e?Rl:[e,t]}const Bt=Vt;function $t(l,e,t){return null==e?Rl:Z(e,t,J,!0)}function Jt(l,e,t,n){return null==e?Rl:B(e,t,l.scales[n].log,!1)}const qt=Jt;function Kt(l,e,t,n){return null==e?Rl:$(e,t,l.scales[n].log,!1)}const Xt=Kt;function Zt(l,e,t,n,i){let o=fl(xl(l),xl(e)),s=e-l,r=L(i/n*s,t);do{let l=t[r],e=n*l/s;if(e>=i&&17>=o+(5>l?Wl.get(l):0))return[l,e]}while(++r<t.length);return[0,0]}function Qt(l){let e,t;return[l=l.replace(/(\\d+)px/,((l,n)=>(e=rl((t=+n)*y))+"px")),e,t]}function ln(l){l.show&&[l.font,l.labelFont].forEach((l=>{let e=Al(l[2]*y,1);l[0]=l[0].replace(/[0-9.]+px/,e+"px"),l[1]=e}))}function en(u,g,_){const k={mode:Q(u.mode,1)},M=k.mode;function P(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?1-i:i)}function W(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?i:1-i)}function C(l,e,t,n){return 0==e.ori?P(l,e,t,n):W(l,e,t,n)}k.valToPosH=P,k.valToPosV=W;let F=!1;k.status=0;const R=k.root=D("uplot");null!=u.id&&(R.id=u.id),S(R,u.class),u.title&&(D("u-title",R).textContent=u.title);const O=z("canvas"),K=k.ctx=O.getContext("2d"),X=D("u-wrap",R);G("click",X,(l=>{l.target===el&&(Nn!=Gn||jn!=In)&&Zn.click(k,l)}),!0);const ll=k.under=D("u-under",X);X.appendChild(O);const el=k.over=D("u-over",X),tl=+Q((u=Vl(u)).pxAlign,1),sl=bt(tl);(u.plugins||[]).forEach((l=>{l.opts&&(u=l.opts(k,u)||u)}));const hl=u.ms||.001,pl=k.series=1==M?jt(u.series||[],Ve,ut,!1):function(l,e){return l.map(((l,t)=>0==t?{}:Bl({},e,l)))}(u.series||[null],rt),xl=k.axes=jt(u.axes||[],Ue,it,!0),vl=k.scales={},Tl=k.bands=u.bands||[];Tl.forEach((l=>{l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1)}));const El=2==M?pl[1].facets[0].scale:pl[0].scale,Dl={axes:function(){for(let l=0;xl.length>l;l++){let e=xl[l];if(!e.show||!e._show)continue;let t,n,u=e.side,a=u%2,f=e.stroke(k,l),c=0==u||3==u?-1:1,[h,d]=e._found;if(null!=e.label){let s=rl((e._lpos+e.labelGap*c)*y);_n(e.labelFont[0],f,"center",2==u?i:o),K.save(),1==a?(t=n=0,K.translate(s,rl(lt+st/2)),K.rotate((3==u?-il:il)/2)):(t=rl(Qe+ot/2),n=s);let r=_l(e.label)?e.label(k,l,h,d):e.label;K.fillText(r,t,n),K.restore()}if(0==d)continue;let p=vl[e.scale],m=0==a?ot:st,g=0==a?Qe:lt,x=e._splits,w=2==p.distr?x.map((l=>pn[l])):x,_=2==p.distr?pn[x[1]]-pn[x[0]]:h,b=e.ticks,v=e.border,M=b.show?b.size:0,S=rl(M*y),T=rl((2==e.alignTo?e._size-M-e.gap:e.gap)*y),E=e._rotate*-il/180,z=sl(e._pos*y),D=z+(S+T)*c;n=0==a?D:0,t=1==a?D:0,_n(e.font[0],f,1==e.align?s:2==e.align?r:E>0?s:0>E?r:0==a?"center":3==u?r:s,E||1==a?"middle":2==u?i:o);let P=e.font[1]*e.lineGap,A=x.map((l=>sl(C(l,p,m,g)))),W=e._values;for(let l=0;W.length>l;l++){let e=W[l];if(null!=e){0==a?t=A[l]:n=A[l],e=""+e;let i=-1==e.indexOf("\\n")?[e]:e.split(/\\n/gm);for(let l=0;i.length>l;l++){let e=i[l];E?(K.save(),K.translate(t,n+l*P),K.rotate(E),K.fillText(e,0,0),K.restore()):K.fillText(e,t,n+l*P)}}}b.show&&zn(A,b.filter(k,w,l,d,_),a,u,z,S,Al(b.width*y,3),b.stroke(k,l),b.dash,b.cap);let Y=e.grid;Y.show&&zn(A,Y.filter(k,w,l,d,_),a,0==a?2:1,0==a?lt:Qe,0==a?st:ot,Al(Y.width*y,3),Y.stroke(k,l),Y.dash,Y.cap),v.show&&zn([z],[1],0==a?1:0,0==a?1:2,1==a?lt:Qe,1==a?st:ot,Al(v.width*y,3),v.stroke(k,l),v.dash,v.cap)}Ci("drawAxes")},series:function(){if(Gt>0){let l=pl.some((l=>l._focus))&&dn!=Tt.alpha;l&&(K.globalAlpha=dn=Tt.alpha),pl.forEach(((l,e)=>{if(e>0&&l.show&&(kn(e,!1),kn(e,!0),null==l._paths)){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha);let n=2==M?[0,g[e][0].length-1]:function(l){let e=wl(Lt-1,0,Gt-1),t=wl(en+1,0,Gt-1);for(;null==l[e]&&e>0;)e--;for(;null==l[t]&&Gt-1>t;)t++;return[e,t]}(g[e]);l._paths=l.paths(k,e,n[0],n[1]),dn!=t&&(K.globalAlpha=dn=t)}})),pl.forEach(((l,e)=>{if(e>0&&l.show){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha),null!=l._paths&&yn(e,!1);{let t=null!=l._paths?l._paths.gaps:null,n=l.points.show(k,e,Lt,en,t),i=l.points.filter(k,e,n,t);(n||i)&&(l.points._paths=l.points.paths(k,e,Lt,en,i),yn(e,!0))}dn!=t&&(K.globalAlpha=dn=t),Ci("drawSeries",e)}})),l&&(K.globalAlpha=dn=1)}}},Pl=(u.drawOrder||["axes","series"]).map((l=>Dl[l]));function Cl(l){const e=3==l.distr?e=>dl(e>0?e:l.clamp(k,e,l.min,l.max,l.key)):4==l.distr?e=>ml(e,l.asinh):100==l.distr?e=>l.fwd(e):l=>l;return t=>{let n=e(t),{_min:i,_max:o}=l;return(n-i)/(o-i)}}function Il(l){let e=vl[l];if(null==e){let t=(u.scales||Hl)[l]||Hl;if(null!=t.from){Il(t.from);let e=Bl({},vl[t.from],t,{key:l});e.valToPct=Cl(e),vl[l]=e}else{e=vl[l]=Bl({},l==El?ft:ct,t),e.key=l;let n=e.time,i=e.range,o=Gl(i);if((l!=El||2==M&&!n)&&(!o||null!=i[0]&&null!=i[1]||(i={min:null==i[0]?q:{mode:1,hard:i[0],soft:i[0]},max:null==i[1]?q:{mode:1,hard:i[1],soft:i[1]}},o=!1),!o&&Ol(i))){let l=i;i=(e,t,n)=>null==t?Rl:Z(t,n,l)}e.range=bl(i||(n?Bt:l==El?3==e.distr?qt:4==e.distr?Xt:Vt:3==e.distr?Jt:4==e.distr?Kt:$t)),e.auto=bl(!o&&e.auto),e.clamp=bl(e.clamp||at),e._min=e._max=null,e.valToPct=Cl(e)}}}Il("x"),Il("y"),1==M&&pl.forEach((l=>{Il(l.scale)})),xl.forEach((l=>{Il(l.scale)}));for(let l in u.scales)Il(l);const jl=vl[El],Ul=jl.distr;let $l,ql;0==jl.ori?(S(R,"u-hz"),$l=P,ql=W):(S(R,"u-vt"),$l=W,ql=P);const Kl={};for(let l in vl){let e=vl[l];null==e.min&&null==e.max||(Kl[l]={min:e.min,max:e.max},e.min=e.max=null)}const Xl=u.tzDate||(l=>new Date(rl(l/hl))),Zl=u.fmtDate||ne,Ql=1==hl?Me(Xl):Ee(Xl),le=De(Xl,ze(1==hl?ye:Te,Zl)),ee=We(Xl,Ae("{YYYY}-{MM}-{DD} {h}:{mm}{aa}",Zl)),te=[],ie=k.legend=Bl({},Ye,u.legend),oe=k.cursor=Bl({},Re,{drag:{y:2==M}},u.cursor),se=ie.show,re=oe.show,ue=ie.markers;let ce,he,de;ie.idxs=te,ue.width=bl(ue.width),ue.dash=bl(ue.dash),ue.stroke=bl(ue.stroke),ue.fill=bl(ue.fill);let pe,me=[],ge=[],xe=!1,we={};if(ie.live){const l=pl[1]?pl[1].values:null;xe=null!=l,pe=xe?l(k,1,0):{_:0};for(let l in pe)we[l]=w}if(se)if(ce=z("table","u-legend",R),de=z("tbody",null,ce),ie.mount(k,ce),xe){he=z("thead",null,ce,de);let l=z("tr",null,he);for(var _e in z("th",null,l),pe)z("th",e,l).textContent=_e}else S(ce,"u-inline"),ie.live&&S(ce,"u-live");const be={show:!0},ve={show:!1},Pe=new Map;function Ce(l,e,t,n=!0){const i=Pe.get(e)||{},o=oe.bind[l](k,e,t,n);o&&(G(l,e,i[l]=o),Pe.set(e,i))}function He(l,e){const t=Pe.get(e)||{};for(let n in t)null!=l&&n!=l||(I(n,e,t[n]),delete t[n]);null==l&&Pe.delete(e)}let Fe=0,Ge=0,Ie=0,Le=0,Oe=0,Ne=0,je=Oe,Ke=Ne,Xe=Ie,Ze=Le,Qe=0,lt=0,ot=0,st=0;k.bbox={};let ht=!1,pt=!1,mt=!1,xt=!1,wt=!1,_t=!1;function vt(l,e,t){(t||l!=k.width||e!=k.height)&&kt(l,e),An(!1),mt=!0,pt=!0,Jn()}function kt(l,e){k.width=Fe=Ie=l,k.height=Ge=Le=e,Oe=Ne=0,function(){let l=!1,e=!1,t=!1,n=!1;xl.forEach((i=>{if(i.show&&i._show){let{side:o,_size:s}=i,r=s+(null!=i.label?i.labelSize:0);r>0&&(o%2?(Ie-=r,3==o?(Oe+=r,n=!0):t=!0):(Le-=r,0==o?(Ne+=r,l=!0):e=!0))}})),Ct[0]=l,Ct[1]=t,Ct[2]=e,Ct[3]=n,Ie-=Rt[1]+Rt[3],Oe+=Rt[3],Le-=Rt[2]+Rt[0],Ne+=Rt[0]}(),function(){let l=Oe+Ie,e=Ne+Le,t=Oe,n=Ne;function i(i,o){switch(i){case 1:return l+=o,l-o;case 2:return e+=o,e-o;case 3:return t-=o,t+o;case 0:return n-=o,n+o}}xl.forEach((l=>{if(l.show&&l._show){let e=l.side;l._pos=i(e,l._size),null!=l.label&&(l._lpos=i(e,l.labelSize))}}))}();let t=k.bbox;Qe=t.left=zl(Oe*y,.5),lt=t.top=zl(Ne*y,.5),ot=t.width=zl(Ie*y,.5),st=t.height=zl(Le*y,.5)}const yt=3;if(k.setSize=function({width:l,height:e}){vt(l,e)},null==oe.dataIdx){let l=oe.hover,e=l.skip=new Set(l.skip??[]);e.add(void 0);let t=l.prox=bl(l.prox),n=l.bias??=0;oe.dataIdx=(l,i,o,s)=>{if(0==i)return o;let r=o,u=t(l,i,o,s)??gl,a=u>=0&&gl>u,f=0==jl.ori?Ie:Le,c=oe.left,h=g[0],d=g[i];if(e.has(d[o])){r=null;let l,t=null,i=null;if(0==n||-1==n)for(l=o;null==t&&l-- >0;)e.has(d[l])||(t=l);if(0==n||1==n)for(l=o;null==i&&l++<d.length;)e.has(d[l])||(i=l);if(null!=t||null!=i)if(a){let l=c-(null==t?-1/0:$l(h[t],jl,f,0)),e=(null==i?1/0:$l(h[i],jl,f,0))-c;l>e?e>u||(r=i):l>u||(r=t)}else r=null==i?t:null==t||o-t>i-o?i:t}else a&&ol(c-$l(h[o],jl,f,0))>u&&(r=null);return r}}const Mt=l=>{oe.event=l};oe.idxs=te,oe._lock=!1;let St=oe.points;St.show=bl(St.show),St.size=bl(St.size),St.stroke=bl(St.stroke),St.width=bl(St.width),St.fill=bl(St.fill);const Tt=k.focus=Bl({},u.focus||{alpha:.3},oe.focus),Et=Tt.prox>=0,zt=Et&&St.one;let Dt=[],Pt=[],At=[];function Wt(l,e){let t=St.show(k,e);if(t instanceof HTMLElement)return S(t,"u-cursor-pt"),S(t,l.class),A(t,-10,-10,Ie,Le),el.insertBefore(t,Dt[e]),t}function Yt(t,n){if(1==M||n>0){let l=1==M&&vl[t.scale].time,e=t.value;t.value=l?Ll(e)?We(Xl,Ae(e,Zl)):e||ee:e||nt,t.label=t.label||(l?"Time":"Value")}if(zt||n>0){t.width=null==t.width?1:t.width,t.paths=t.paths||Ot||yl,t.fillTo=bl(t.fillTo||gt),t.pxAlign=+Q(t.pxAlign,tl),t.pxRound=bt(t.pxAlign),t.stroke=bl(t.stroke||null),t.fill=bl(t.fill||null),t._stroke=t._fill=t._paths=t._focus=null;let l=function(l){return Al(1*(3+2*(l||1)),3)}(fl(1,t.width)),e=t.points=Bl({},{size:l,width:fl(1,.2*l),stroke:t.stroke,space:2*l,paths:Nt,_stroke:null,_fill:null},t.points);e.show=bl(e.show),e.filter=bl(e.filter),e.fill=bl(e.fill),e.stroke=bl(e.stroke),e.paths=bl(e.paths),e.pxAlign=t.pxAlign}if(se){let i=function(t,n){if(0==n&&(xe||!ie.live||2==M))return Rl;let i=[],o=z("tr","u-series",de,de.childNodes[n]);S(o,t.class),t.show||S(o,l);let s=z("th",null,o);if(ue.show){let l=D("u-marker",s);if(n>0){let e=ue.width(k,n);e&&(l.style.border=e+"px "+ue.dash(k,n)+" "+ue.stroke(k,n)),l.style.background=ue.fill(k,n)}}let r=D(e,s);for(var u in t.label instanceof HTMLElement?r.appendChild(t.label):r.textContent=t.label,n>0&&(ue.show||(r.style.color=t.width>0?ue.stroke(k,n):ue.fill(k,n)),Ce("click",s,(l=>{if(oe._lock)return;Mt(l);let e=pl.indexOf(t);if((l.ctrlKey||l.metaKey)!=ie.isolate){let l=pl.some(((l,t)=>t>0&&t!=e&&l.show));pl.forEach(((t,n)=>{n>0&&oi(n,l?n==e?be:ve:be,!0,Fi.setSeries)}))}else oi(e,{show:!t.show},!0,Fi.setSeries)}),!1),Et&&Ce(d,s,(l=>{oe._lock||(Mt(l),oi(pl.indexOf(t),ai,!0,Fi.setSeries))}),!1)),pe){let l=z("td","u-value",o);l.textContent="--",i.push(l)}return[o,i]}(t,n);me.splice(n,0,i[0]),ge.splice(n,0,i[1]),ie.values.push(null)}if(re){te.splice(n,0,null);let l=null;zt?0==n&&(l=Wt(t,n)):n>0&&(l=Wt(t,n)),Dt.splice(n,0,l),Pt.splice(n,0,0),At.splice(n,0,0)}Ci("addSeries",n)}k.addSeries=function(l,e){e=null==e?pl.length:e,l=1==M?Ut(l,e,Ve,ut):Ut(l,e,{},rt),pl.splice(e,0,l),Yt(pl[e],e)},k.delSeries=function(l){if(pl.splice(l,1),se){ie.values.splice(l,1),ge.splice(l,1);let e=me.splice(l,1)[0];He(null,e.firstChild),e.remove()}re&&(te.splice(l,1),Dt.splice(l,1)[0].remove(),Pt.splice(l,1),At.splice(l,1)),Ci("delSeries",l)};const Ct=[!1,!1,!1,!1];function Ht(l,e,t){let[n,i,o,s]=t,r=e%2,u=0;return 0==r&&(s||i)&&(u=0==e&&!n||2==e&&!o?rl(Ue.size/3):0),1==r&&(n||o)&&(u=1==e&&!i||3==e&&!s?rl(it.size/2):0),u}const Ft=k.padding=(u.padding||[Ht,Ht,Ht,Ht]).map((l=>bl(Q(l,Ht)))),Rt=k._padding=Ft.map(((l,e)=>l(k,e,Ct,0)));let Gt,Lt=null,en=null;const tn=1==M?pl[0].idxs:null;let nn,on,sn,rn,un,an,fn,cn,hn,dn,pn=null,mn=!1;function gn(l,e){if(k.data=k._data=g=null==l?[]:l,2==M){Gt=0;for(let l=1;pl.length>l;l++)Gt+=g[l][0].length}else{0==g.length&&(k.data=k._data=g=[[]]),pn=g[0],Gt=pn.length;let l=g;if(2==Ul){l=g.slice();let e=l[0]=Array(Gt);for(let l=0;Gt>l;l++)e[l]=l}k._data=g=l}if(An(!0),Ci("setData"),2==Ul&&(mt=!0),!1!==e){let l=jl;l.auto(k,mn)?xn():ii(El,l.min,l.max),xt=xt||oe.left>=0,_t=!0,Jn()}}function xn(){let l,e;mn=!0,1==M&&(Gt>0?(Lt=tn[0]=0,en=tn[1]=Gt-1,l=g[0][Lt],e=g[0][en],2==Ul?(l=Lt,e=en):l==e&&(3==Ul?[l,e]=B(l,l,jl.log,!1):4==Ul?[l,e]=$(l,l,jl.log,!1):jl.time?e=l+rl(86400/hl):[l,e]=Z(l,e,J,!0))):(Lt=tn[0]=l=null,en=tn[1]=e=null)),ii(El,l,e)}function wn(l,e,t,n,i,o){l??=a,t??=Fl,n??="butt",i??=a,o??="round",l!=nn&&(K.strokeStyle=nn=l),i!=on&&(K.fillStyle=on=i),e!=sn&&(K.lineWidth=sn=e),o!=un&&(K.lineJoin=un=o),n!=an&&(K.lineCap=an=n),t!=rn&&K.setLineDash(rn=t)}function _n(l,e,t,n){e!=on&&(K.fillStyle=on=e),l!=fn&&(K.font=fn=l),t!=cn&&(K.textAlign=cn=t),n!=hn&&(K.textBaseline=hn=n)}function bn(l,e,t,n,i=0){if(n.length>0&&l.auto(k,mn)&&(null==e||null==e.min)){let e=Q(Lt,0),o=Q(en,n.length-1),s=null==t.min?function(l,e,t,n=0,i=!1){let o=i?V:U,s=i?j:N;[e,t]=o(l,e,t);let r=l[e],u=l[e];if(e>-1)if(1==n)r=l[e],u=l[t];else if(-1==n)r=l[t],u=l[e];else for(let n=e;t>=n;n++){let e=l[n];s(e)&&(r>e?r=e:e>u&&(u=e))}return[r??gl,u??-gl]}(n,e,o,i,3==l.distr):[t.min,t.max];l.min=al(l.min,t.min=s[0]),l.max=fl(l.max,t.max=s[1])}}k.setData=gn;const vn={min:null,max:null};function kn(l,e){let t=e?pl[l].points:pl[l];t._stroke=t.stroke(k,l),t._fill=t.fill(k,l)}function yn(l,e){let t=e?pl[l].points:pl[l],{stroke:n,fill:i,clip:o,flags:s,_stroke:r=t._stroke,_fill:u=t._fill,_width:a=t.width}=t._paths;a=Al(a*y,3);let f=null,c=a%2/2;e&&null==u&&(u=a>0?"#fff":r);let h=1==t.pxAlign&&c>0;if(h&&K.translate(c,c),!e){let l=Qe-a/2,e=lt-a/2,t=ot+a,n=st+a;f=new Path2D,f.rect(l,e,t,n)}e?Sn(r,a,t.dash,t.cap,u,n,i,s,o):function(l,e,t,n,i,o,s,r,u,a,f){let c=!1;0!=u&&Tl.forEach(((h,d)=>{if(h.series[0]==l){let l,p=pl[h.series[1]],m=g[h.series[1]],x=(p._paths||Hl).band;Gl(x)&&(x=1==h.dir?x[0]:x[1]);let w=null;p.show&&x&&function(l,e,t){for(e=Q(e,0),t=Q(t,l.length-1);t>=e;){if(null!=l[e])return!0;e++}return!1}(m,Lt,en)?(w=h.fill(k,d)||o,l=p._paths.clip):x=null,Sn(e,t,n,i,w,s,r,u,a,f,l,x),c=!0}})),c||Sn(e,t,n,i,o,s,r,u,a,f)}(l,r,a,t.dash,t.cap,u,n,i,s,f,o),h&&K.translate(-c,-c)}const Mn=3;function Sn(l,e,t,n,i,o,s,r,u,a,f,c){wn(l,e,t,n,i),(u||a||c)&&(K.save(),u&&K.clip(u),a&&K.clip(a)),c?(r&Mn)==Mn?(K.clip(c),f&&K.clip(f),En(i,s),Tn(l,o,e)):2&r?(En(i,s),K.clip(c),Tn(l,o,e)):1&r&&(K.save(),K.clip(c),f&&K.clip(f),En(i,s),K.restore(),Tn(l,o,e)):(En(i,s),Tn(l,o,e)),(u||a||c)&&K.restore()}function Tn(l,e,t){t>0&&(e instanceof Map?e.forEach(((l,e)=>{K.strokeStyle=nn=e,K.stroke(l)})):null!=e&&l&&K.stroke(e))}function En(l,e){e instanceof Map?e.forEach(((l,e)=>{K.fillStyle=on=e,K.fill(l)})):null!=e&&l&&K.fill(e)}function zn(l,e,t,n,i,o,s,r,u,a){let f=s%2/2;1==tl&&K.translate(f,f),wn(r,s,u,a,r),K.beginPath();let c,h,d,p,m=i+(0==n||3==n?-o:o);0==t?(h=i,p=m):(c=i,d=m);for(let n=0;l.length>n;n++)null!=e[n]&&(0==t?c=d=l[n]:h=p=l[n],K.moveTo(c,h),K.lineTo(d,p));K.stroke(),1==tl&&K.translate(-f,-f)}function Dn(l){let e=!0;return xl.forEach(((t,n)=>{if(!t.show)return;let i=vl[t.scale];if(null==i.min)return void(t._show&&(e=!1,t._show=!1,An(!1)));t._show||(e=!1,t._show=!0,An(!1));let o=t.side,s=o%2,{min:r,max:u}=i,[a,f]=function(l,e,t,n){let i,o=xl[l];if(n>0){let s=o._space=o.space(k,l,e,t,n);i=Zt(e,t,o._incrs=o.incrs(k,l,e,t,n,s),n,s)}else i=[0,0];return o._found=i}(n,r,u,0==s?Ie:Le);if(0==f)return;let c=t._splits=t.splits(k,n,r,u,a,f,2==i.distr),h=2==i.distr?c.map((l=>pn[l])):c,d=2==i.distr?pn[c[1]]-pn[c[0]]:a,p=t._values=t.values(k,t.filter(k,h,n,f,d),n,f,d);t._rotate=2==o?t.rotate(k,p,n,f):0;let m=t._size;t._size=ul(t.size(k,p,n,l)),null!=m&&t._size!=m&&(e=!1)})),e}function Pn(l){let e=!0;return Ft.forEach(((t,n)=>{let i=t(k,n,Ct,l);i!=Rt[n]&&(e=!1),Rt[n]=i})),e}function An(l){pl.forEach(((e,t)=>{t>0&&(e._paths=null,l&&(1==M?(e.min=null,e.max=null):e.facets.forEach((l=>{l.min=null,l.max=null}))))}))}let Wn,Yn,Cn,Hn,Fn,Rn,Gn,In,Ln,On,Nn,jn,Un=!1,Vn=!1,Bn=[];function $n(){Vn=!1;for(let l=0;Bn.length>l;l++)Ci(...Bn[l]);Bn.length=0}function Jn(){Un||(Jl(qn),Un=!0)}function qn(){if(ht&&(function(){for(let l in vl){let e=vl[l];null==Kl[l]&&(null==e.min||null!=Kl[El]&&e.auto(k,mn))&&(Kl[l]=vn)}for(let l in vl){let e=vl[l];null==Kl[l]&&null!=e.from&&null!=Kl[e.from]&&(Kl[l]=vn)}null!=Kl[El]&&An(!0);let l={};for(let e in Kl){let t=Kl[e];if(null!=t){let n=l[e]=Vl(vl[e],Nl);if(null!=t.min)Bl(n,t);else if(e!=El||2==M)if(0==Gt&&null==n.from){let l=n.range(k,null,null,e);n.min=l[0],n.max=l[1]}else n.min=gl,n.max=-gl}}if(Gt>0){pl.forEach(((e,t)=>{if(1==M){let n=e.scale,i=Kl[n];if(null==i)return;let o=l[n];if(0==t){let l=o.range(k,o.min,o.max,n);o.min=l[0],o.max=l[1],Lt=L(o.min,g[0]),en=L(o.max,g[0]),en-Lt>1&&(o.min>g[0][Lt]&&Lt++,g[0][en]>o.max&&en--),e.min=pn[Lt],e.max=pn[en]}else e.show&&e.auto&&bn(o,i,e,g[t],e.sorted);e.idxs[0]=Lt,e.idxs[1]=en}else if(t>0&&e.show&&e.auto){let[n,i]=e.facets,o=n.scale,s=i.scale,[r,u]=g[t],a=l[o],f=l[s];null!=a&&bn(a,Kl[o],n,r,n.sorted),null!=f&&bn(f,Kl[s],i,u,i.sorted),e.min=i.min,e.max=i.max}}));for(let e in l){let t=l[e],n=Kl[e];if(null==t.from&&(null==n||null==n.min)){let l=t.range(k,t.min==gl?null:t.min,t.max==-gl?null:t.max,e);t.min=l[0],t.max=l[1]}}}for(let e in l){let t=l[e];if(null!=t.from){let n=l[t.from];if(null==n.min)t.min=t.max=null;else{let l=t.range(k,n.min,n.max,e);t.min=l[0],t.max=l[1]}}}let e={},t=!1;for(let n in l){let i=l[n],o=vl[n];if(o.min!=i.min||o.max!=i.max){o.min=i.min,o.max=i.max;let l=o.distr;o._min=3==l?dl(o.min):4==l?ml(o.min,o.asinh):100==l?o.fwd(o.min):o.min,o._max=3==l?dl(o.max):4==l?ml(o.max,o.asinh):100==l?o.fwd(o.max):o.max,e[n]=t=!0}}if(t){pl.forEach(((l,t)=>{2==M?t>0&&e.y&&(l._paths=null):e[l.scale]&&(l._paths=null)}));for(let l in e)mt=!0,Ci("setScale",l);re&&oe.left>=0&&(xt=_t=!0)}for(let l in Kl)Kl[l]=null}(),ht=!1),mt&&(function(){let l=!1,e=0;for(;!l;){e++;let t=Dn(e),n=Pn(e);l=e==yt||t&&n,l||(kt(k.width,k.height),pt=!0)}}(),mt=!1),pt){if(E(ll,s,Oe),E(ll,i,Ne),E(ll,t,Ie),E(ll,n,Le),E(el,s,Oe),E(el,i,Ne),E(el,t,Ie),E(el,n,Le),E(X,t,Fe),E(X,n,Ge),O.width=rl(Fe*y),O.height=rl(Ge*y),xl.forEach((({_el:e,_show:t,_size:n,_pos:i,side:o})=>{if(null!=e)if(t){let t=o%2==1;E(e,t?"left":"top",i-(3===o||0===o?n:0)),E(e,t?"width":"height",n),E(e,t?"top":"left",t?Ne:Oe),E(e,t?"height":"width",t?Le:Ie),T(e,l)}else S(e,l)})),nn=on=sn=un=an=fn=cn=hn=rn=null,dn=1,_i(!0),Oe!=je||Ne!=Ke||Ie!=Xe||Le!=Ze){An(!1);let l=Ie/Xe,e=Le/Ze;if(re&&!xt&&oe.left>=0){oe.left*=l,oe.top*=e,Cn&&A(Cn,rl(oe.left),0,Ie,Le),Hn&&A(Hn,0,rl(oe.top),Ie,Le);for(let t=0;Dt.length>t;t++){let n=Dt[t];null!=n&&(Pt[t]*=l,At[t]*=e,A(n,ul(Pt[t]),ul(At[t]),Ie,Le))}}if(ei.show&&!wt&&ei.left>=0&&ei.width>0){ei.left*=l,ei.width*=l,ei.top*=e,ei.height*=e;for(let l in ki)E(ti,l,ei[l])}je=Oe,Ke=Ne,Xe=Ie,Ze=Le}Ci("setSize"),pt=!1}Fe>0&&Ge>0&&(K.clearRect(0,0,O.width,O.height),Ci("drawClear"),Pl.forEach((l=>l())),Ci("draw")),ei.show&&wt&&(ni(ei),wt=!1),re&&xt&&(xi(null,!0,!1),xt=!1),ie.show&&ie.live&&_t&&(mi(),_t=!1),F||(F=!0,k.status=1,Ci("ready")),mn=!1,Un=!1}function Kn(l,e){let t=vl[l];if(null==t.from){if(0==Gt){let n=t.range(k,e.min,e.max,l);e.min=n[0],e.max=n[1]}if(e.min>e.max){let l=e.min;e.min=e.max,e.max=l}if(Gt>1&&null!=e.min&&null!=e.max&&1e-16>e.max-e.min)return;l==El&&2==t.distr&&Gt>0&&(e.min=L(e.min,g[0]),e.max=L(e.max,g[0]),e.min==e.max&&e.max++),Kl[l]=e,ht=!0,Jn()}}k.batch=function(l,e=!1){Un=!0,Vn=e,l(k),qn(),e&&Bn.length>0&&queueMicrotask($n)},k.redraw=(l,e)=>{mt=e||!1,!1!==l?ii(El,jl.min,jl.max):Jn()},k.setScale=Kn;let Xn=!1;const Zn=oe.drag;let Qn=Zn.x,li=Zn.y;re&&(oe.x&&(Wn=D("u-cursor-x",el)),oe.y&&(Yn=D("u-cursor-y",el)),0==jl.ori?(Cn=Wn,Hn=Yn):(Cn=Yn,Hn=Wn),Nn=oe.left,jn=oe.top);const ei=k.select=Bl({show:!0,over:!0,left:0,width:0,top:0,height:0},u.select),ti=ei.show?D("u-select",ei.over?el:ll):null;function ni(l,e){if(ei.show){for(let e in l)ei[e]=l[e],e in ki&&E(ti,e,l[e]);!1!==e&&Ci("setSelect")}}function ii(l,e,t){Kn(l,{min:e,max:t})}function oi(e,t,n,i){null!=t.focus&&function(l){if(l!=ui){let e=null==l,t=1!=Tt.alpha;pl.forEach(((n,i)=>{if(1==M||i>0){let o=e||0==i||i==l;n._focus=e?null:o,t&&function(l,e){pl[l].alpha=e,re&&null!=Dt[l]&&(Dt[l].style.opacity=e),se&&me[l]&&(me[l].style.opacity=e)}(i,o?1:Tt.alpha)}})),ui=l,t&&Jn()}}(e),null!=t.show&&pl.forEach(((n,i)=>{0>=i||e!=i&&null!=e||(n.show=t.show,function(e){if(pl[e].show)se&&T(me[e],l);else if(se&&S(me[e],l),re){let l=zt?Dt[0]:Dt[e];null!=l&&A(l,-10,-10,Ie,Le)}}(i),2==M?(ii(n.facets[0].scale,null,null),ii(n.facets[1].scale,null,null)):ii(n.scale,null,null),Jn())})),!1!==n&&Ci("setSeries",e,t),i&&Ii("setSeries",k,e,t)}let si,ri,ui;k.setSelect=ni,k.setSeries=oi,k.addBand=function(l,e){l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1),Tl.splice(e=null==e?Tl.length:e,0,l)},k.setBand=function(l,e){Bl(Tl[l],e)},k.delBand=function(l){null==l?Tl.length=0:Tl.splice(l,1)};const ai={focus:!0};function fi(l,e,t){let n=vl[e];t&&(l=l/y-(1==n.ori?Ne:Oe));let i=Ie;1==n.ori&&(i=Le,l=i-l),-1==n.dir&&(l=i-l);let o=n._min,s=o+l/i*(n._max-o),r=n.distr;return 3==r?cl(10,s):4==r?((l,e=1)=>nl.sinh(l)*e)(s,n.asinh):100==r?n.bwd(s):s}function ci(l,e){E(ti,s,ei.left=l),E(ti,t,ei.width=e)}function hi(l,e){E(ti,i,ei.top=l),E(ti,n,ei.height=e)}se&&Et&&Ce(p,ce,(l=>{oe._lock||(Mt(l),null!=ui&&oi(null,ai,!0,Fi.setSeries))})),k.valToIdx=l=>L(l,g[0]),k.posToIdx=function(l,e){return L(fi(l,El,e),g[0],Lt,en)},k.posToVal=fi,k.valToPos=(l,e,t)=>0==vl[e].ori?P(l,vl[e],t?ot:Ie,t?Qe:0):W(l,vl[e],t?st:Le,t?lt:0),k.setCursor=(l,e,t)=>{Nn=l.left,jn=l.top,xi(null,e,t)};let di=0==jl.ori?ci:hi,pi=1==jl.ori?ci:hi;function mi(l,e){if(null!=l&&(l.idxs?l.idxs.forEach(((l,e)=>{te[e]=l})):(l=>void 0===l)(l.idx)||te.fill(l.idx),ie.idx=te[0]),se&&ie.live){for(let l=0;pl.length>l;l++)(l>0||1==M&&!xe)&&gi(l,te[l]);!function(){if(se&&ie.live)for(let l=2==M?1:0;pl.length>l;l++){if(0==l&&xe)continue;let e=ie.values[l],t=0;for(let n in e)ge[l][t++].firstChild.nodeValue=e[n]}}()}_t=!1,!1!==e&&Ci("setLegend")}function gi(l,e){let t,n=pl[l],i=0==l&&2==Ul?pn:g[l];xe?t=n.values(k,l,e)??we:(t=n.value(k,null==e?null:i[e],l,e),t=null==t?we:{_:t}),ie.values[l]=t}function xi(l,e,t){let n;Ln=Nn,On=jn,[Nn,jn]=oe.move(k,Nn,jn),oe.left=Nn,oe.top=jn,re&&(Cn&&A(Cn,rl(Nn),0,Ie,Le),Hn&&A(Hn,0,rl(jn),Ie,Le)),si=gl,ri=null;let i=0==jl.ori?Ie:Le,o=1==jl.ori?Ie:Le;if(0>Nn||0==Gt||Lt>en){n=oe.idx=null;for(let l=0;pl.length>l;l++){let e=Dt[l];null!=e&&A(e,-10,-10,Ie,Le)}Et&&oi(null,ai,!0,null==l&&Fi.setSeries),ie.live&&(te.fill(n),_t=!0)}else{let l,e,t;1==M&&(l=0==jl.ori?Nn:jn,e=fi(l,El),n=oe.idx=L(e,g[0],Lt,en),t=$l(g[0][n],jl,i,0));let s=-10,r=-10,u=0,a=0,f=!0,c="",h="";for(let l=2==M?1:0;pl.length>l;l++){let d=pl[l],p=te[l],m=null==p?null:1==M?g[l][p]:g[l][1][p],x=oe.dataIdx(k,l,n,e),w=null==x?null:1==M?g[l][x]:g[l][1][x];if(_t=_t||w!=m||x!=p,te[l]=x,l>0&&d.show){let e=null==x?-10:x==n?t:$l(1==M?g[0][x]:g[l][0][x],jl,i,0),p=null==w?-10:ql(w,1==M?vl[d.scale]:vl[d.facets[1].scale],o,0);if(Et&&null!=w){let e=1==jl.ori?Nn:jn,t=ol(Tt.dist(k,l,x,p,e));if(si>t){let n=Tt.bias;if(0!=n){let i=fi(e,d.scale),o=0>i?-1:1;o!=(0>w?-1:1)||(1==o?1==n?i>w:w>i:1==n?w>i:i>w)||(si=t,ri=l)}else si=t,ri=l}}if(_t||zt){let t,n;0==jl.ori?(t=e,n=p):(t=p,n=e);let i,o,d,m,g,x,w=!0,_=St.bbox;if(null!=_){w=!1;let e=_(k,l);d=e.left,m=e.top,i=e.width,o=e.height}else d=t,m=n,i=o=St.size(k,l);if(x=St.fill(k,l),g=St.stroke(k,l),zt)l!=ri||si>Tt.prox||(s=d,r=m,u=i,a=o,f=w,c=x,h=g);else{let e=Dt[l];null!=e&&(Pt[l]=d,At[l]=m,H(e,i,o,w),Y(e,x,g),A(e,ul(d),ul(m),Ie,Le))}}}}if(zt){let l=Tt.prox;if(_t||(null==ui?l>=si:si>l||ri!=ui)){let l=Dt[0];null!=l&&(Pt[0]=s,At[0]=r,H(l,u,a,f),Y(l,c,h),A(l,ul(s),ul(r),Ie,Le))}}}if(ei.show&&Xn)if(null!=l){let[e,t]=Fi.scales,[n,s]=Fi.match,[r,u]=l.cursor.sync.scales,a=l.cursor.drag;if(Qn=a._x,li=a._y,Qn||li){let a,f,c,h,d,{left:p,top:m,width:g,height:x}=l.select,w=l.scales[r].ori,_=l.posToVal,b=null!=e&&n(e,r),v=null!=t&&s(t,u);b&&Qn?(0==w?(a=p,f=g):(a=m,f=x),c=vl[e],h=$l(_(a,r),c,i,0),d=$l(_(a+f,r),c,i,0),di(al(h,d),ol(d-h))):di(0,i),v&&li?(1==w?(a=p,f=g):(a=m,f=x),c=vl[t],h=ql(_(a,u),c,o,0),d=ql(_(a+f,u),c,o,0),pi(al(h,d),ol(d-h))):pi(0,o)}else yi()}else{let l=ol(Ln-Fn),e=ol(On-Rn);if(1==jl.ori){let t=l;l=e,e=t}Qn=Zn.x&&l>=Zn.dist,li=Zn.y&&e>=Zn.dist;let t,n,s=Zn.uni;null!=s?Qn&&li&&(Qn=l>=s,li=e>=s,Qn||li||(e>l?li=!0:Qn=!0)):Zn.x&&Zn.y&&(Qn||li)&&(Qn=li=!0),Qn&&(0==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),di(al(t,n),ol(n-t)),li||pi(0,o)),li&&(1==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),pi(al(t,n),ol(n-t)),Qn||di(0,i)),Qn||li||(di(0,0),pi(0,0))}if(Zn._x=Qn,Zn._y=li,null==l){if(t){if(null!=Ri){let[l,e]=Fi.scales;Fi.values[0]=null!=l?fi(0==jl.ori?Nn:jn,l):null,Fi.values[1]=null!=e?fi(1==jl.ori?Nn:jn,e):null}Ii(f,k,Nn,jn,Ie,Le,n)}if(Et){let l=t&&Fi.setSeries,e=Tt.prox;null==ui?si>e||oi(ri,ai,!0,l):si>e?oi(null,ai,!0,l):ri!=ui&&oi(ri,ai,!0,l)}}_t&&(ie.idx=n,mi()),!1!==e&&Ci("setCursor")}k.setLegend=mi;let wi=null;function _i(l=!1){l?wi=null:(wi=el.getBoundingClientRect(),Ci("syncRect",wi))}function bi(l,e,t,n,i,o){oe._lock||Xn&&null!=l&&0==l.movementX&&0==l.movementY||(vi(l,e,t,n,i,o,0,!1,null!=l),null!=l?xi(null,!0,!0):xi(e,!0,!1))}function vi(l,e,t,n,i,o,s,r,u){if(null==wi&&_i(!1),Mt(l),null!=l)t=l.clientX-wi.left,n=l.clientY-wi.top;else{if(0>t||0>n)return Nn=-10,void(jn=-10);let[l,s]=Fi.scales,r=e.cursor.sync,[u,a]=r.values,[f,c]=r.scales,[h,d]=Fi.match,p=e.axes[0].side%2==1,m=0==jl.ori?Ie:Le,g=1==jl.ori?Ie:Le,x=p?o:i,w=p?i:o,_=p?n:t,b=p?t:n;if(t=null!=f?h(l,f)?C(u,vl[l],m,0):-10:m*(_/x),n=null!=c?d(s,c)?C(a,vl[s],g,0):-10:g*(b/w),1==jl.ori){let l=t;t=n,n=l}}!u||null!=e&&e.cursor.event.type!=f||(t>1&&Ie-1>t||(t=zl(t,Ie)),n>1&&Le-1>n||(n=zl(n,Le))),r?(Fn=t,Rn=n,[Gn,In]=oe.move(k,t,n)):(Nn=t,jn=n)}Object.defineProperty(k,"rect",{get:()=>(null==wi&&_i(!1),wi)});const ki={width:0,height:0,left:0,top:0};function yi(){ni(ki,!1)}let Mi,Si,Ti,Ei;function zi(l,e,t,n,i,o){Xn=!0,Qn=li=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!0,!1),null!=l&&(Ce(h,b,Di,!1),Ii(c,k,Gn,In,Ie,Le,null));let{left:s,top:r,width:u,height:a}=ei;Mi=s,Si=r,Ti=u,Ei=a}function Di(l,e,t,n,i,o){Xn=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!1,!0);let{left:s,top:r,width:u,height:a}=ei,f=u>0||a>0,c=Mi!=s||Si!=r||Ti!=u||Ei!=a;if(f&&c&&ni(ei),Zn.setScale&&f&&c){let l=s,e=u,t=r,n=a;if(1==jl.ori&&(l=r,e=a,t=s,n=u),Qn&&ii(El,fi(l,El),fi(l+e,El)),li)for(let l in vl){let e=vl[l];l!=El&&null==e.from&&e.min!=gl&&ii(l,fi(t+n,l),fi(t,l))}yi()}else oe.lock&&(oe._lock=!oe._lock,xi(e,!0,null!=l));null!=l&&(He(h,b),Ii(h,k,Nn,jn,Ie,Le,null))}function Pi(l){oe._lock||(Mt(l),xn(),yi(),null!=l&&Ii(m,k,Nn,jn,Ie,Le,null))}function Ai(){xl.forEach(ln),vt(k.width,k.height,!0)}G(x,v,Ai);const Wi={};Wi.mousedown=zi,Wi.mousemove=bi,Wi.mouseup=Di,Wi.dblclick=Pi,Wi.setSeries=(l,e,t,n)=>{-1!=(t=(0,Fi.match[2])(k,e,t))&&oi(t,n,!0,!1)},re&&(Ce(c,el,zi),Ce(f,el,bi),Ce(d,el,(l=>{Mt(l),_i(!1)})),Ce(p,el,(function(l){if(oe._lock)return;Mt(l);let e=Xn;if(Xn){let l,e,t=!0,n=!0,i=10;0==jl.ori?(l=Qn,e=li):(l=li,e=Qn),l&&e&&(t=i>=Nn||Nn>=Ie-i,n=i>=jn||jn>=Le-i),l&&t&&(Nn=Gn>Nn?0:Ie),e&&n&&(jn=In>jn?0:Le),xi(null,!0,!0),Xn=!1}Nn=-10,jn=-10,te.fill(null),xi(null,!0,!0),e&&(Xn=e)})),Ce(m,el,Pi),It.add(k),k.syncRect=_i);const Yi=k.hooks=u.hooks||{};function Ci(l,e,t){Vn?Bn.push([l,e,t]):l in Yi&&Yi[l].forEach((l=>{l.call(null,k,e,t)}))}(u.plugins||[]).forEach((l=>{for(let e in l.hooks)Yi[e]=(Yi[e]||[]).concat(l.hooks[e])}));const Hi=(l,e,t)=>t,Fi=Bl({key:null,setSeries:!1,filters:{pub:Ml,sub:Ml},scales:[El,pl[1]?pl[1].scale:null],match:[Sl,Sl,Hi],values:[null,null]},oe.sync);2==Fi.match.length&&Fi.match.push(Hi),oe.sync=Fi;const Ri=Fi.key,Gi=dt(Ri);function Ii(l,e,t,n,i,o,s){Fi.filters.pub(l,e,t,n,i,o,s)&&Gi.pub(l,e,t,n,i,o,s)}function Li(){Ci("init",u,g),gn(g||u.data,!1),Kl[El]?Kn(El,Kl[El]):xn(),wt=ei.show&&(ei.width>0||ei.height>0),xt=_t=!0,vt(u.width,u.height)}return Gi.sub(k),k.pub=function(l,e,t,n,i,o,s){Fi.filters.sub(l,e,t,n,i,o,s)&&Wi[l](null,e,t,n,i,o,s)},k.destroy=function(){Gi.unsub(k),It.delete(k),Pe.clear(),I(x,v,Ai),R.remove(),ce?.remove(),Ci("destroy")},pl.forEach(Yt),xl.forEach((function(l,e){if(l._show=l.show,l.show){let t=vl[l.scale];null==t&&(l.scale=l.side%2?pl[1].scale:El,t=vl[l.scale]);let n=t.time;l.size=bl(l.size),l.space=bl(l.space),l.rotate=bl(l.rotate),Gl(l.incrs)&&l.incrs.forEach((l=>{!Wl.has(l)&&Wl.set(l,Yl(l))})),l.incrs=bl(l.incrs||(2==t.distr?ae:n?1==hl?ke:Se:fe)),l.splits=bl(l.splits||(n&&1==t.distr?Ql:3==t.distr?Je:4==t.distr?qe:$e)),l.stroke=bl(l.stroke),l.grid.stroke=bl(l.grid.stroke),l.ticks.stroke=bl(l.ticks.stroke),l.border.stroke=bl(l.border.stroke);let i=l.values;l.values=Gl(i)&&!Gl(i[0])?bl(i):n?Gl(i)?De(Xl,ze(i,Zl)):Ll(i)?function(l,e){let t=ne(e);return(e,n)=>n.map((e=>t(l(e))))}(Xl,i):i||le:i||Be,l.filter=bl(l.filter||(3>t.distr||10!=t.log?3==t.distr&&2==t.log?tt:kl:et)),l.font=Qt(l.font),l.labelFont=Qt(l.labelFont),l._size=l.size(k,null,e,0),l._space=l._rotate=l._incrs=l._found=l._splits=l._values=null,l._size>0&&(Ct[e]=!0,l._el=D("u-axis",X))}})),_?_ instanceof HTMLElement?(_.appendChild(R),Li()):_(k,Li):Li(),k}en.assign=Bl,en.fmtNum=tl,en.rangeNum=Z,en.rangeLog=B,en.rangeAsinh=$,en.orient=pt,en.pxRatio=y,en.join=function(l,e){if(function(l){let e=l[0][0],t=e.length;for(let n=1;l.length>n;n++){let i=l[n][0];if(i.length!=t)return!1;if(i!=e)for(let l=0;t>l;l++)if(i[l]!=e[l])return!1}return!0}(l)){let e=l[0].slice();for(let t=1;l.length>t;t++)e.push(...l[t].slice(1));return function(l,e=100){const t=l.length;if(1>=t)return!0;let n=0,i=t-1;for(;i>=n&&null==l[n];)n++;for(;i>=n&&null==l[i];)i--;if(n>=i)return!0;const o=fl(1,sl((i-n+1)/e));for(let e=l[n],t=n+o;i>=t;t+=o){const n=l[t];if(null!=n){if(e>=n)return!1;e=n}}return!0}(e[0])||(e=function(l){let e=l[0],t=e.length,n=Array(t);for(let l=0;n.length>l;l++)n[l]=l;n.sort(((l,t)=>e[l]-e[t]));let i=[];for(let e=0;l.length>e;e++){let o=l[e],s=Array(t);for(let l=0;t>l;l++)s[l]=o[n[l]];i.push(s)}return i}(e)),e}let t=new Set;for(let e=0;l.length>e;e++){let n=l[e][0],i=n.length;for(let l=0;i>l;l++)t.add(n[l])}let n=[Array.from(t).sort(((l,e)=>l-e))],i=n[0].length,o=new Map;for(let l=0;i>l;l++)o.set(n[0][l],l);for(let t=0;l.length>t;t++){let s=l[t],r=s[0];for(let l=1;s.length>l;l++){let u=s[l],a=Array(i).fill(void 0),f=e?e[t][l]:1,c=[];for(let l=0;u.length>l;l++){let e=u[l],t=o.get(r[l]);null===e?0!=f&&(a[t]=e,2==f&&c.push(t)):a[t]=e}$l(a,c,i),n.push(a)}}return n},en.fmtDate=ne,en.tzDate=function(l,e){let t;return"UTC"==e||"Etc/UTC"==e?t=new Date(+l+6e4*l.getTimezoneOffset()):e==ie?t=l:(t=new Date(l.toLocaleString("en-US",{timeZone:e})),t.setMilliseconds(l.getMilliseconds())),t},en.sync=dt;{en.addGap=function(l,e,t){let n=l[l.length-1];n&&n[0]==e?n[1]=t:l.push([e,t])},en.clipGaps=wt;let l=en.paths={points:Wt};l.linear=Ft,l.stepped=function(l){const e=Q(l.align,1),t=Q(l.ascDesc,!1),n=Q(l.alignGaps,0),i=Q(l.extend,!1);return(l,o,s,r)=>pt(l,o,((u,a,f,c,h,d,p,m,g,x,w)=>{[s,r]=U(f,s,r);let _=u.pxRound,{left:b,width:v}=l.bbox,k=l=>_(d(l,c,x,m)),M=l=>_(p(l,h,w,g)),S=0==c.ori?Mt:St;const T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},E=T.stroke,z=c.dir*(0==c.ori?1:-1);let D=M(f[1==z?s:r]),P=k(a[1==z?s:r]),A=P,W=P;i&&-1==e&&(W=b,S(E,W,D)),S(E,P,D);for(let l=1==z?s:r;l>=s&&r>=l;l+=z){let t=f[l];if(null==t)continue;let n=k(a[l]),i=M(t);1==e?S(E,n,D):S(E,A,i),S(E,n,i),D=i,A=n}let Y=A;i&&1==e&&(Y=b+v,S(E,Y,D));let[C,H]=mt(l,o);if(null!=u.fill||0!=C){let e=T.fill=new Path2D(E),t=M(u.fillTo(l,o,u.min,u.max,C));S(e,Y,t),S(e,W,t)}if(!u.spanGaps){let i=[];i.push(..._t(a,f,s,r,z,k,n));let h=u.width*y/2,d=t||1==e?h:-h,p=t||-1==e?-h:h;i.forEach((l=>{l[0]+=d,l[1]+=p})),T.gaps=i=u.gaps(l,o,s,r,i),T.clip=wt(i,c.ori,m,g,x,w)}return 0!=H&&(T.band=2==H?[xt(l,o,s,r,E,-1),xt(l,o,s,r,E,1)]:xt(l,o,s,r,E,H)),T}))},l.bars=function(l){const e=Q((l=l||Hl).size,[.6,gl,1]),t=l.align||0,n=l.gap||0;let i=l.radius;i=null==i?[0,0]:"number"==typeof i?[i,0]:i;const o=bl(i),s=1-e[0],r=Q(e[1],gl),u=Q(e[2],1),a=Q(l.disp,Hl),f=Q(l.each,(()=>{})),{fill:c,stroke:h}=a;return(l,e,i,d)=>pt(l,e,((p,m,g,x,w,_,b,v,k,M,S)=>{let T,E,z=p.pxRound,D=t,P=n*y,A=r*y,W=u*y;0==x.ori?[T,E]=o(l,e):[E,T]=o(l,e);const Y=x.dir*(0==x.ori?1:-1);let C,H,F,R=0==x.ori?Tt:Et,G=0==x.ori?f:(l,e,t,n,i,o,s)=>{f(l,e,t,i,n,s,o)},I=Q(l.bands,Fl).find((l=>l.series[0]==e)),L=p.fillTo(l,e,p.min,p.max,null!=I?I.dir:0),O=z(b(L,w,S,k)),N=M,j=z(p.width*y),U=!1,V=null,B=null,$=null,J=null;null==c||0!=j&&null==h||(U=!0,V=c.values(l,e,i,d),B=new Map,new Set(V).forEach((l=>{null!=l&&B.set(l,new Path2D)})),j>0&&($=h.values(l,e,i,d),J=new Map,new Set($).forEach((l=>{null!=l&&J.set(l,new Path2D)}))));let{x0:q,size:K}=a;if(null!=q&&null!=K){D=1,m=q.values(l,e,i,d),2==q.unit&&(m=m.map((e=>l.posToVal(v+e*M,x.key,!0))));let t=K.values(l,e,i,d);H=2==K.unit?t[0]*M:_(t[0],x,M,v)-_(0,x,M,v),N=Rt(m,g,_,x,M,v,N),F=N-H+P}else N=Rt(m,g,_,x,M,v,N),F=N*s+P,H=N-F;1>F&&(F=0),H/2>j||(j=0),5>F&&(z=vl);let X=F>0;H=z(wl(N-F-(X?j:0),W,A)),C=(0==D?H/2:D==Y?0:H)-D*Y*((0==D?P/2:0)+(X?j/2:0));const Z={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},ll=U?null:new Path2D;let el=null;if(null!=I)el=l.data[I.series[1]];else{let{y0:t,y1:n}=a;null!=t&&null!=n&&(g=n.values(l,e,i,d),el=t.values(l,e,i,d))}let tl=T*H,nl=E*H;for(let t=1==Y?i:d;t>=i&&d>=t;t+=Y){let n=g[t];if(null==n)continue;if(null!=el){let l=el[t]??0;if(n-l==0)continue;O=b(l,w,S,k)}let i=_(2!=x.distr||null!=a?m[t]:t,x,M,v),o=b(Q(n,L),w,S,k),s=z(i-C),r=z(fl(o,O)),u=z(al(o,O)),f=r-u;if(null!=n){let i=0>n?nl:tl,o=0>n?tl:nl;U?(j>0&&null!=$[t]&&R(J.get($[t]),s,u+sl(j/2),H,fl(0,f-j),i,o),null!=V[t]&&R(B.get(V[t]),s,u+sl(j/2),H,fl(0,f-j),i,o)):R(ll,s,u+sl(j/2),H,fl(0,f-j),i,o),G(l,e,t,s-j/2,u,H+j,f)}}return j>0?Z.stroke=U?J:ll:U||(Z._fill=0==p.width?p._fill:p._stroke??p._fill,Z.width=0),Z.fill=U?B:ll,Z}))},l.spline=function(l){return function(l,e){const t=Q(e?.alignGaps,0);return(e,n,i,o)=>pt(e,n,((s,r,u,a,f,c,h,d,p,m,g)=>{[i,o]=U(u,i,o);let x,w,_,b=s.pxRound,v=l=>b(c(l,a,m,d)),k=l=>b(h(l,f,g,p));0==a.ori?(x=kt,_=Mt,w=Pt):(x=yt,_=St,w=At);const y=a.dir*(0==a.ori?1:-1);let M=v(r[1==y?i:o]),S=M,T=[],E=[];for(let l=1==y?i:o;l>=i&&o>=l;l+=y)if(null!=u[l]){let e=v(r[l]);T.push(S=e),E.push(k(u[l]))}const z={stroke:l(T,E,x,_,w,b),fill:null,clip:null,band:null,gaps:null,flags:1},D=z.stroke;let[P,A]=mt(e,n);if(null!=s.fill||0!=P){let l=z.fill=new Path2D(D),t=k(s.fillTo(e,n,s.min,s.max,P));_(l,S,t),_(l,M,t)}if(!s.spanGaps){let l=[];l.push(..._t(r,u,i,o,y,v,t)),z.gaps=l=s.gaps(e,n,i,o,l),z.clip=wt(l,a.ori,d,p,m,g)}return 0!=A&&(z.band=2==A?[xt(e,n,i,o,D,-1),xt(e,n,i,o,D,1)]:xt(e,n,i,o,D,A)),z}))}(Gt,l)}}return en}();
`;

/** Style of uPlot. */
export const PLOT_STYLE: string = `.uplot, .uplot *, .uplot *::before, .uplot *::after {box-sizing: border-box;}.uplot {font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji";line-height: 1.5;width: min-content;}.u-title {text-align: center;font-size: 18px;font-weight: bold;}.u-wrap {position: relative;user-select: none;}.u-over, .u-under {position: absolute;}.u-under {overflow: hidden;}.uplot canvas {display: block;position: relative;width: 100%;height: 100%;}.u-axis {position: absolute;}.u-legend {font-size: 14px;margin: auto;text-align: center;}.u-inline {display: block;}.u-inline * {display: inline-block;}.u-inline tr {margin-right: 16px;}.u-legend th {font-weight: 600;}.u-legend th > * {vertical-align: middle;display: inline-block;}.u-legend .u-marker {width: 1em;height: 1em;margin-right: 4px;background-clip: padding-box !important;}.u-inline.u-live th::after {content: ":";vertical-align: middle;}.u-inline:not(.u-live) .u-value {display: none;}.u-series > * {padding: 4px;}.u-series th {cursor: pointer;}.u-legend .u-off > * {opacity: 0.3;}.u-select {background: rgba(0,0,0,0.07);position: absolute;pointer-events: none;}.u-cursor-x, .u-cursor-y {position: absolute;left: 0;top: 0;pointer-events: none;will-change: transform;}.u-hz .u-cursor-x, .u-vt .u-cursor-y {height: 100%;border-right: 1px dashed #607D8B;}.u-hz .u-cursor-y, .u-vt .u-cursor-x {width: 100%;border-bottom: 1px dashed #607D8B;}.u-cursor-pt {position: absolute;top: 0;left: 0;border-radius: 50%;border: 0 solid;pointer-events: none;will-change: transform;/*this has to be !important since we set inline "background" shorthand */background-clip: padding-box !important;}.u-axis.u-off, .u-select.u-off, .u-cursor-x.u-off, .u-cursor-y.u-off, .u-cursor-pt.u-off {display: none;}`;

/** Script of the page. */
export const SCRIPT: string = `"use strict";
(()=>{function element(tag,className,...children){let node=document.createElement(tag);return className&&(node.
className=className),node.append(...children),node}function listenToCopies(){for(let button2 of document.querySelectorAll("[data-copy]"))button2.addEventListener(
"click",async()=>{let source=document.getElementById(button2.dataset.copy),isCopied=await copy(source.
textContent);isCopied||getSelection().selectAllChildren(source),button2.textContent=isCopied?"copied":
"selected"})}async function copy(text3){try{return await navigator.clipboard.writeText(text3),!0}catch{
return!1}}var isPaper=!1,listeners=[];function onPaper(listener){listeners.push(listener)}function isOnPaper(){
return isPaper}function roomIn(box3,part=1){return isPaper?661*part:box3.clientWidth}function change(isPaperNow){
isPaper=isPaperNow;for(let listener of listeners)listener()}addEventListener("beforeprint",()=>change(
!0));addEventListener("afterprint",()=>change(!1));var collator=new Intl.Collator("en",{numeric:!0});function compareNames(a,b){return collator.compare(
a,b)}function numberText(value,digitsMax=3){if(!Number.isFinite(value))return String(value);let[whole2,part]=String(
Number(value.toFixed(digitsMax))).split("."),grouped=whole2.replace(/\\B(?=(\\d{3})+$)/g," ");return part===
void 0?grouped:\`\${grouped}.\${part}\`}function percentText(share){let percent=share*100;return percent===
0?"0 %":\`\${Number(percent.toPrecision(3))} %\`}function axisText(value){for(let[unit,letter]of[[1e9,"\\
G"],[1e6,"M"],[1e3,"k"]])if(Math.abs(value)>=unit)return\`\${Number((value/unit).toPrecision(3))}\${letter}\`;
return String(Number(value.toPrecision(6)))}var UNSEEN=/(?!(?<=\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d\\p{Extended_Pictographic})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]/gu,
CUT_INSIDE=/[\\ud800-\\udbff\\u200d]+$/;function visibleText(text3,charactersMax=1/0){return(text3.length<=
charactersMax?text3:\`\${text3.slice(0,charactersMax-1).replace(CUT_INSIDE,"")}…\`).replace(UNSEEN,character=>\`\\
\\\\u{\${character.codePointAt(0).toString(16)}}\`)}function color(name){return getComputedStyle(document.documentElement).getPropertyValue(name).trim()}
function onColors(listener){for(let media of["(prefers-color-scheme: dark)","print"])matchMedia(media).
addEventListener("change",listener)}function fromColumns(value){return Array.isArray(value)?value[0]===1?rowsOf(value):value[0]===2?listsOf(
value[1],fromColumns(value[2])):value.slice(1).map(item=>typeof item=="object"?fromColumns(item):item):
typeof value!="object"||value===null?value:Object.fromEntries(Object.entries(value).map(([name,member])=>[
name,fromColumns(member)]))}function rowsOf([,count,names2,...packed]){let columns=packed.map(([values,
having])=>({values:fromColumns(values),having,next:0}));return Array.from({length:count},(_,i)=>{let row={};
for(let place=0;place<names2.length;place++){let column=columns[place];(column.having===void 0||column.
having[i]==="1")&&(row[names2[place]]=column.values[column.next++])}return row})}function listsOf(lengths,flat){
let from=0;return lengths.map(length=>flat.slice(from,from+=length))}async function readPacked(id){let binary=atob(document.getElementById(id).textContent),bytes=new Uint8Array(
binary.length);for(let i=0;i<bytes.length;i++)bytes[i]=binary.charCodeAt(i);let inflated=new Blob([bytes]).
stream().pipeThrough(new DecompressionStream("deflate-raw"));return fromColumns(await new Response(inflated).
json())}var report,runs=[],view,events,shots,packetCommands;async function readReport(){let data=await readPacked(
"data");({report,events,shots,packetCommands,view}=data),runs=report.runs.map((figures2,index)=>({index,
figures:figures2,name:visibleText(figures2.name),short:view.names[index],isMatch:!0,isShown:!0,color:index%
8,dash:Math.floor(index/8)%DASHES.length,moments:data.moments?.[index]})).filter(({figures:figures2})=>figures2.
verified)}var chosen={second:void 0,run:void 0},listeners2={toggle:[],point:[],choose:[]},DASHES=[[],
[7,3],[2,3],[9,3,2,3]];function onToggle(listener){listeners2.toggle.push(listener)}function onPoint(listener){
listeners2.point.push(listener)}function onChoose(listener){listeners2.choose.push(listener)}function choose(second,run=chosen.
run??shownRuns()[0]){chosen.second=second,chosen.run=run;for(let listener of listeners2.choose)listener()}
function runColor(run){return color(\`--run-\${run.color}\`)}function runDash(run){return DASHES[run.dash]}
function swatch(run){let mark=element("i","swatch");return mark.dataset.swatch=run.index,look(mark,run),
mark}function setLooks(lookOf2){for(let run of runs)Object.assign(run,lookOf2(run));let byIndex=new Map(
runs.map(run=>[String(run.index),run]));for(let node of document.querySelectorAll("[data-swatch]"))look(
node,byIndex.get(node.dataset.swatch));for(let listener of listeners2.toggle)listener()}function look(node,run){
node.dataset.color=run?.color??"",node.dataset.dash=run?.dash??""}function shownRuns(){return runs.filter(
run=>run.isShown)}function show(isShownOf){for(let run of runs)run.isShown=isShownOf(run);markShown(
document.querySelectorAll("[data-run]"));for(let listener of listeners2.toggle)listener()}function markShown(nodes){
let byIndex=new Map(runs.map(run=>[String(run.index),run]));for(let node of nodes){let run=byIndex.get(
node.dataset.run);run!==void 0&&(node.classList.toggle("off",!run.isShown),node.tagName==="BUTTON"&&
node.setAttribute("aria-pressed",String(run.isShown)))}}function toggle(run){show(other=>other===run?
!other.isShown:other.isShown)}var shownBefore=[];function isolate(run){let shown=shownRuns();if(shown.
length!==1||shown[0]!==run)return shownBefore=shown,show(other=>other===run);let before2=shownBefore.
filter(other=>other.isMatch&&other!==run);show(other=>before2.length===0?other.isMatch:other===run||
before2.includes(other))}function point(run){for(let listener of listeners2.point)listener(run?.isShown?
run:void 0)}function listenToRun(node,run){node.addEventListener("click",event=>{event.stopPropagation(),
event.altKey||event.shiftKey?isolate(run):toggle(run),point(run)}),node.addEventListener("mouseenter",
()=>point(run)),node.addEventListener("mouseleave",()=>point(void 0))}function listenToRuns(){for(let node of document.
querySelectorAll(".toggles [data-run]")){let run=runs.find(({index})=>index===Number(node.dataset.run));
run!==void 0&&listenToRun(node,run)}}var NO_RUN="No run is shown.";function noRunText(){return element("p","hint no-run",NO_RUN)}function yieldToNoRun(node){
let text3=noRunText();node.before(text3);let place=()=>{let isNone=shownRuns().length===0;text3.hidden=
!isNone,node.classList.toggle("void-of-runs",isNone)};onToggle(place),place()}var ROWS_MAX=12,BESIDE=18,EDGE=4,box=element("div","tooltip");box.hidden=!0;document.body.append(box);
var shownAt=0;function showTooltip(clientX,clientY,heading,rows,notes=[]){let lines=rows.slice(0,ROWS_MAX).
map(({run,name,value,isFocused})=>{let line=element("tr",isFocused?"focused":"");return line.append(
element("td","",...run===void 0?[]:[swatch(run)]),element("td","name",name),element("td","value",value)),
line}),more=rows.length-lines.length;box.replaceChildren(element("b","",heading),element("table","",
...lines),...more>0?[element("small","",\`and \${more} more\`)]:[],...notes.map(note=>element("p","",note))),
box.hidden=!1,shownAt=scrollY,box.style.left=box.style.top="0";let{width,height}=box.getBoundingClientRect(),
screen=document.documentElement.clientWidth,left=clientX+BESIDE+width>screen?clientX-BESIDE-width:clientX+
BESIDE,below=clientY+14,top=left<EDGE&&clientY-BESIDE-height>EDGE?clientY-BESIDE-height:below;box.style.
left=\`\${Math.max(EDGE,Math.min(left,screen-width-EDGE))}px\`,box.style.top=\`\${Math.max(EDGE,Math.min(
top,innerHeight-height-2*EDGE))}px\`}function hideTooltip(){box.hidden=!0}function hideScrolledTooltip(){
scrollY!==shownAt&&hideTooltip()}var FIELDS_MAX=11,HEADERS=[{keys:["mask"],name:"masks",short:"masks",color:"mask"},{keys:["entity"],
name:"entity ids and kinds",short:"ids",color:"entity"},{keys:["packet"],name:"packet headers",short:"\\
headers",color:"packet"},{keys:["tables"],name:"enum tables, at a join",short:"tables",color:"tables"},
{keys:["pieces"],name:"headers of pieces above the MTU",short:"pieces",color:"pieces"},{keys:["ip","\\
udp"],name:"IP and UDP headers",short:"IP, UDP",color:"ip"}];function listParts(runs2){let fields=new Map,
headers=HEADERS.map(header=>({...header,bits:new Map})),rest={name:"",short:"others",bits:new Map,color:"\\
rest"},others=new Map;for(let run of runs2){let{costs,fields:listed,wireBytes}=run.figures,changes=new Map(
listed.map(cost=>[keyOf(cost),cost.changes])),left=wireBytes*8;for(let cost of costs){left-=cost.bits;
let header=headers.find(({keys})=>keys.includes(cost.part));header===void 0?addField(fields,run,cost,
changes.get(keyOf(cost))):header.bits.set(run,(header.bits.get(run)??0)+cost.bits)}others.set(run,left),
rest.bits.set(run,left)}let sorted=[...fields.values()].sort((a,b)=>b.share-a.share);for(let part of sorted.
slice(FIELDS_MAX))for(let[run,bits]of part.bits)rest.bits.set(run,rest.bits.get(run)+bits);let isWhole2=runs2.
every(run=>others.get(run)===0);rest.name=isWhole2?\`\${sorted.length-FIELDS_MAX} other fields\`:"other\\
 fields";let top=sorted.slice(0,FIELDS_MAX).map((part,i)=>({...part,color:i})),isSpent=({bits})=>[...bits.
values()].some(count=>count>0);return[...top,...headers,rest].filter(isSpent)}function addField(fields,run,cost,changes){
let key=keyOf(cost),part=fields.get(key);part===void 0&&(part={name:visibleText(\`\${cost.kind}.\${cost.
field}\`),short:visibleText(cost.field),bits:new Map,share:0,changes:new Map},fields.set(key,part)),part.
bits.set(run,cost.bits),part.changes.set(run,changes),part.share+=cost.share}function keyOf({kind,field}){
return JSON.stringify([kind,field])}function bytesOf(part,run){return(part.bits.get(run)??0)/8/Math.
max(1,run.figures.packets)}function totalOf(parts2,run){return parts2.reduce((sum,part)=>sum+bytesOf(
part,run),0)}function shareOf(part,parts2,run){let total=totalOf(parts2,run);return total===0?0:bytesOf(
part,run)/total}function byWeight(parts2,runs2){let totals=new Map(runs2.map(run=>[run,totalOf(parts2,
run)||1]));return parts2.map(part=>{let shares=runs2.map(run=>bytesOf(part,run)/totals.get(run));return{
part,weight:shares.reduce((sum,share)=>sum+share,0)/(runs2.length||1)}}).sort((a,b)=>+(a.part.color===
"rest")-+(b.part.color==="rest")||b.weight-a.weight)}function listenToTables(){for(let table2 of document.querySelectorAll("table.sortable"))makeSortable(
table2);for(let table2 of document.querySelectorAll(".causes"))yieldToNoRun(table2.parentElement);for(let details of document.
querySelectorAll("details[data-lists-of]"))details.addEventListener("toggle",()=>fillLists(details),
{once:!0})}function makeSortable(table2){let heads=[...table2.tHead.rows[table2.tHead.rows.length-1].
cells];heads.forEach((head,column)=>{if(head.dataset.fixed!==void 0)return;let button2=element("butt\\
on","sort",...head.childNodes);button2.type="button",head.title!==""&&button2.setAttribute("aria-lab\\
el",head.title),head.append(button2),head.addEventListener("click",()=>sortRows(table2,heads,column))})}
function sortRows(table2,heads,column){let isDown=heads[column].ariaSort!=="descending";for(let head of heads)
head.ariaSort="none";heads[column].ariaSort=isDown?"descending":"ascending";let keyOf2=row=>row.cells[column]?.
dataset.value??row.cells[column]?.textContent??"",bodies=[...table2.tBodies].map(body=>({body,rows:[
...body.rows].filter(row=>row.dataset.fixed===void 0).map(row=>({row,key:keyOf2(row)}))})),isNumeric=bodies.
every(({rows})=>rows.every(({key})=>isVoid(key)||Number.isFinite(Number(key))));for(let{body,rows}of bodies)
rows.sort(({key:a},{key:b})=>{if(isVoid(a)||isVoid(b))return Number(isVoid(a))-Number(isVoid(b));let ascending=isNumeric?
Number(a)-Number(b):compareNames(a,b);return isDown?-ascending:ascending}),body.append(...rows.map(({
row})=>row))}function isVoid(key){return key===""||key==="NaN"}function fillLists(details){let run=report.
runs[Number(details.dataset.listsOf)];for(let[key,list]of Object.entries(run)){if(!Array.isArray(list))
continue;let content=list.length===0?element("p","","none"):listTable(list);details.append(element("\\
h3","",visibleText(key)),content)}}function listTable(items){let list=items.map(item=>Object.fromEntries(
flatMembers(item,""))),keys=[...new Set(list.flatMap(item=>Object.keys(item)))],table2=element("tabl\\
e","figures sortable");return table2.append(element("thead","",element("tr","",...keys.map(key=>element(
"th","",visibleText(key))))),element("tbody","",...list.map(item=>element("tr","",...keys.map(key=>element(
"td","",visibleText(String(item[key]??"")))))))),makeSortable(table2),element("div","scroll",table2)}
function flatMembers(value,prefix){return Object.entries(value).flatMap(([key,member])=>typeof member==
"object"&&member!==null?flatMembers(member,\`\${prefix}\${key}.\`):[[\`\${prefix}\${key}\`,member]])}function partsTable(stack,runs2){let heads=["run","total",...stack.map(part=>part.name)],rows=runs2.
map(run=>element("tr","",cell("th",run.name,swatch(run),run.name),cell("td",totalOf(stack,run),\`\${numberText(
totalOf(stack,run),1)} B\`),...stack.map(part=>{let bytes=bytesOf(part,run);return cell("td",bytes,\`\${numberText(
bytes,2)} B\`,element("small","",percentText(shareOf(part,stack,run))))}))),table2=element("table","p\\
arts sortable",element("thead","",element("tr","",...heads.map(name=>headCell(name)))),element("tbod\\
y","",...rows));return makeSortable(table2),table2}function headCell(name){let head=element("th","",
name);return head.scope="col",head}function cell(tag,value,...children){let node=element(tag,"",...children);
return tag==="th"&&(node.scope="row"),node.dataset.value=value,node}var PADDING=10,widths=new Map,context;function widthOf(text3,font){let key=\`\${font} \${text3}\`;return widths.
has(key)||(context??=new OffscreenCanvas(1,1).getContext("2d"),context.font=font,widths.set(key,context.
measureText(text3).width)),widths.get(key)}function labelSegments(segments2,barWidth2){if(segments2.
length===0)return;let{font}=getComputedStyle(segments2[0].node);for(let{name,node,part,share,short}of segments2){
let room=part*barWidth2-PADDING-1,texts=[\`\${name} \${shareText(share)}\`,\`\${short} \${shareText(share)}\`,
short];node.textContent=texts.find(text3=>widthOf(text3,font)<=room)??""}}function shareText(share){
return percentText(share>=.1?Math.round(share*100)/100:share)}var COMPACT_FROM=16,PAPER_BAR=.5,parts=[],first,order="given",segments=[];function drawFieldBars(){let box3=document.
getElementById("field-bars");if(!(box3===null||runs.length===0)){parts=listParts(runs);for(let button2 of document.
querySelectorAll("[data-order]"))button2.addEventListener("click",()=>{order=button2.dataset.order,render(
box3)});document.getElementById("parts-table").addEventListener("toggle",fillTable),onToggle(()=>render(
box3)),render(box3),new ResizeObserver(()=>label(box3)).observe(box3),onPaper(()=>label(box3))}}function render(box3){
let weights=byWeight(parts,shownRuns()),isFirst=({part})=>part===first,stack=[...weights.filter(isFirst),
...weights.filter(weight=>!isFirst(weight))],rows=sortedRuns(),longest=Math.max(1e-9,...rows.map(run=>totalOf(
parts,run)));segments=[];let ordered=stack.map(({part})=>part);box3.classList.toggle("compact",rows.
length>=COMPACT_FROM),box3.replaceChildren(...rows.length===0?[noRunText()]:[element("div","legend",
...weights.map(weight=>legendEntry(weight,box3)))],...rows.map(run=>barRow(run,ordered,longest))),label(
box3),fillTable();for(let button2 of document.querySelectorAll("[data-order]"))button2.setAttribute(
"aria-pressed",String(button2.dataset.order===order))}function sortedRuns(){let rows=shownRuns();if(order===
"name"&&rows.sort((a,b)=>compareNames(a.name,b.name)),order==="bytes"){let costOf=run=>first===void 0?
totalOf(parts,run):bytesOf(first,run);rows.sort((a,b)=>costOf(b)-costOf(a))}return rows}function label(box3){
let bar=box3.querySelector(".bar");bar!==null&&labelSegments(segments,roomIn(bar,PAPER_BAR))}function fillTable(){
let details=document.getElementById("parts-table");if(!details.open)return;let stack=byWeight(parts,
shownRuns()).map(({part})=>part),rows=sortedRuns();details.querySelector(".scroll").replaceChildren(
rows.length===0?noRunText():partsTable(stack,rows))}function legendEntry({part,weight},box3){let mark=element(
"i","part");mark.dataset.part=part.color;let entry=element("button","",mark,\`\${part.name} \`,element(
"b","",shareText(weight)));return entry.type="button",entry.setAttribute("aria-pressed",String(part===
first)),entry.addEventListener("click",()=>{let place=[...box3.querySelectorAll(".legend button")].indexOf(
entry);first=part===first?void 0:part,first!==void 0&&(order="bytes"),render(box3),box3.querySelectorAll(
".legend button")[place].focus()}),entry}function barRow(run,stack,longest){let bar=element("div","b\\
ar"),spent=stack.filter(part=>bytesOf(part,run)>0);for(let part of spent){let node=element("span","s\\
egment");node.dataset.part=part.color;let width=bytesOf(part,run)/longest;node.style.width=\`\${width*
100}%\`,node.addEventListener("mousemove",event=>{showTooltip(event.clientX,event.clientY,part.name,tooltipRows(
part,run))}),node.addEventListener("mouseleave",hideTooltip),bar.append(node);let{name:name2,short}=part;
segments.push({node,name:name2,short,part:width,share:shareOf(part,parts,run)})}let total=\`\${numberText(
totalOf(parts,run),1)} B\`;bar.setAttribute("role","img");let shares=spent.map(part=>\`\${part.name} \${shareText(
shareOf(part,parts,run))}\`);bar.setAttribute("aria-label",\`\${run.name}: \${total} a packet; \${shares.
join(", ")}\`);let name=element("span","name",swatch(run),run.short);return name.title=run.name,element(
"div","bar-row",name,bar,element("b","total",total))}function tooltipRows(part,pointed){return shownRuns().
map(run=>{let changes=part.changes?.get(run),value=\`\${numberText(bytesOf(part,run),2)} B · \${percentText(
shareOf(part,parts,run))}\`+(changes===void 0?"":\` · sent \${numberText(changes)}×, \${numberText(part.
bits.get(run)/changes,1)} bits a send\`);return{run,name:run.name,value,isFocused:run===pointed}})}function listenToFigures(){let box3=document.getElementById("figures-table");if(box3===null)return;for(let id of[
"figure-filter","figure-differs"])document.getElementById(id).addEventListener("input",()=>filter(box3));
let details=document.getElementById("figures-of-many");if(details===null)return onToggle(()=>filter(
box3)),filter(box3);let isStale=!0,write=()=>{if(!isStale||!details.open)return;isStale=!1;let shown=shownRuns();
box3.replaceChildren(shown.length===0?noRunText():figuresTable(shown)),filter(box3)};details.addEventListener(
"toggle",write),onToggle(()=>{isStale=!0,write()})}function flatFigures(value,prefix=""){return Object.
entries(value).flatMap(([key,member])=>Array.isArray(member)?[]:typeof member=="object"&&member!==null?
flatFigures(member,\`\${prefix}\${key}.\`):[[\`\${prefix}\${key}\`,member??"none"]])}function figuresTable(runs2){
let columns=runs2.map(({figures:figures2})=>new Map(flatFigures(figures2))),keys=[...new Set(columns.
flatMap(column=>[...column.keys()]))],heads=runs2.map(run=>headCell2("col",swatch(run),run.name)),rows=keys.
map(key=>element("tr","",headCell2("row",visibleText(key)),...columns.map(column=>element("td","",visibleText(
String(column.get(key)??""))))));return element("table","figures",element("thead","",element("tr","",
headCell2("col","figure"),...heads)),element("tbody","",...rows))}function headCell2(scope,...children){
let cell2=element("th","",...children);return cell2.scope=scope,cell2}function filter(box3){let rows=[
...box3.querySelector("tbody")?.rows??[]],wanted2=document.getElementById("figure-filter").value.trim().
toLowerCase(),isDiffering=document.getElementById("figure-differs").checked,count=0;for(let row of rows){
let[name,...cells]=row.cells,texts=cells.filter(cell2=>!cell2.classList.contains("off")).map(cell2=>cell2.
textContent);row.hidden=!name.textContent.toLowerCase().includes(wanted2)||isDiffering&&new Set(texts).
size<2,row.hidden||count++}document.getElementById("figure-count").textContent=\`\${count} of \${rows.length}\\
 figures\`}var MEASURES={"rate-limited":["most packets lost",({losses})=>losses],"heavy-loss":["most packets lo\\
st",({losses})=>losses],"queue-delay":["oldest state",({stateAgeMs})=>stateAgeMs?.max],"interpolatio\\
n-too-short":["oldest state",({stateAgeMs})=>stateAgeMs?.max],"late-packets":["oldest state",({stateAgeMs})=>stateAgeMs?.
max],"starved-budget":["furthest off",({drawnError})=>drawnError?.max],"no-state":["longest still",({
frozenShare})=>frozenShare],freezes:["longest still",({frozenShare})=>frozenShare],"wrong-shown":["m\\
ost wrong fields",({wrongFields})=>wrongFields],"over-mtu":["largest packet",({kbps},moment)=>moment?.
largest?.bits??kbps],"history-shorter-than-rtt":["most keyframes",({keyframes})=>keyframes],"keyfram\\
e-storm":["most keyframes",({keyframes})=>keyframes],"join-burst":["most bytes",({kbps})=>kbps],"dea\\
r-entity":["where it costs most",(_,moment,{entities})=>bitsOfEntity(moment,entities[0])],"dear-fiel\\
d":["where it costs most",(_,moment,{fields})=>bitsOfField(moment,fields[0])],"slower-than-freeze":[
"nothing sent",({kbps})=>+(kbps===0)],"hole-in-recording":["nothing sent",({kbps})=>+(kbps===0)]};function worstMoment({
code,evidence},runs2){let[words,measure2]=MEASURES[code]??[];if(measure2===void 0)return;let named=runs2.
find(({figures:figures2})=>evidence.startsWith(\`\${figures2.name}: \`))??runs2[0];for(let run of[named,
...runs2.filter(other=>other!==named)]){let second=run&&worstSecond(run,measure2);if(second!==void 0)
return{second,run,words}}}function worstSecond({figures:figures2,moments},measure2){let{durationSeconds,
series}=figures2,momentOf=new Map(moments?.seconds.map(moment=>[moment.second,moment])),worst=0,second;
for(let point2 of series){if(series.length>1&&point2.second+.999>durationSeconds)continue;let value=measure2(
point2,momentOf.get(point2.second),figures2)??0;value>worst&&([worst,second]=[value,point2.second])}
return second}function bitsOfEntity(moment,entity){return moment?.entities.find(({id,kind})=>id===entity?.
id&&kind===entity.kind)?.bits}function bitsOfField(moment,cost){return moment?.parts.find(({field,kind})=>field!==
void 0&&field===cost?.field&&kind===cost.kind)?.bits}var seconds=[],step=1,view2={min:0,max:1},whole={min:0,max:1},cursor={second:void 0},listeners3={zoom:[],
cursor:[]},pointsOfRun=new Map,POINTS_MIN=4;function readTimeAxis(){for(let run of runs){let points2=wholeSeconds(
run.figures);pointsOfRun.set(run,new Map(points2.map(point2=>[point2.second,point2])))}let all=runs.
flatMap(run=>[...pointsOfRun.get(run).keys()]);seconds=[...new Set(all)].sort((a,b)=>a-b);let gaps=seconds.
slice(1).map((second,i)=>second-seconds[i]).sort((a,b)=>a-b);step=gaps[Math.floor(gaps.length/2)]??1,
Object.assign(whole,{min:seconds[0]??0,max:(seconds.at(-1)??0)+step}),Object.assign(view2,whole)}function wholeSeconds({
series,durationSeconds}){let isWhole2=({second})=>second+.999<=durationSeconds;return series.length===
1?series:series.filter(isWhole2)}function pointOf(run,second){return pointsOfRun.get(run)?.get(second)}
function lengthOf(run,{second}){return Math.max(1,Math.min(step,run.figures.durationSeconds-second))}
function pointsOf(run){return[...pointsOfRun.get(run)?.values()??[]]}function secondAt(time){let nearest;
for(let second of seconds)(nearest===void 0||Math.abs(second+step/2-time)<=Math.abs(nearest+step/2-time))&&
(nearest=second);return nearest}function secondText(second){let which=step===1?\`second \${second}\`:\`s\\
econds \${second} to \${second+step-1}\`,points2=runs.flatMap(run=>pointOf(run,second)??[]);if(points2.
length===0)return which;let sent=points2.find(({kbps})=>kbps>0);return sent===void 0?\`\${which} · not\\
hing sent\`:\`\${which} · frame \${sent.frame}\`}function onZoom(listener){listeners3.zoom.push(listener)}
function onCursor(listener){listeners3.cursor.push(listener)}function zoomTo(from,to){let length=Math.
min(whole.max-whole.min,Math.max(POINTS_MIN*step,to-from)),middle=(from+to)/2,min=Math.min(whole.max-
length,Math.max(whole.min,middle-length/2));Object.assign(view2,{min,max:min+length});for(let listener of listeners3.
zoom)listener()}function zoomBy(factor,around=(view2.min+view2.max)/2){zoomTo(around-(around-view2.min)*
factor,around+(view2.max-around)*factor)}function pan(share){let by2=(view2.max-view2.min)*share;zoomTo(
view2.min+by2,view2.max+by2)}function moveCursor(second){if(cursor.second!==second){cursor.second=second;
for(let listener of listeners3.cursor)listener()}}function stepCursor(points2,start){let from=seconds.
indexOf(cursor.second??start),place=from<0?0:Math.min(seconds.length-1,Math.max(0,from+points2)),second=seconds[place];
return second<view2.min&&zoomTo(second,second+view2.max-view2.min),second+step>view2.max&&zoomTo(second+
step-(view2.max-view2.min),second+step),moveCursor(second),second}var NAMES_MAX=5,timed;function timedEvents(){return timed??=events===void 0?[]:events.events.map(event=>({
...event,at:secondsTo(event),text:visibleText(event.text),label:eventName(event.name)})),timed}function eventName(index){
return visibleText(events.names[index].name)||'""'}function startMs(){return runs.find(({moments})=>Number.
isFinite(moments?.startMs))?.moments.startMs}function secondsTo({frame,timeMs}){let start=startMs();
if(start!==void 0)return(timeMs-start)/1e3;let point2=(runs.length===0?[]:pointsOf(runs[0])).findLast(
earlier=>earlier.frame<=frame);return point2===void 0?-step/2:point2.second+step/2}function eventsIn(second){
let all=timedEvents(),from=placeOf(all,second);return all.slice(from,placeOf(all,second+step))}function placeOf(all,at){
let low=0,high=all.length;for(;low<high;){let middle=low+high>>1;all[middle].at<at?low=middle+1:high=
middle}return low}function eventNotes(second){let counts=new Map;for(let{label:label2}of eventsIn(second))
counts.set(label2,(counts.get(label2)??0)+1);if(counts.size===0)return[];let told=[...counts].sort((a,b)=>b[1]-
a[1]).slice(0,NAMES_MAX),more=counts.size-told.length;return[\`events: \${told.map(([label2,count])=>count===
1?label2:\`\${label2} × \${count}\`).join(", ")}\${more>0?\` and \${more} more names\`:""}\`]}function secondOfTimeHash(hash){let match2=/^#time-(-?\\d{1,16}(?:\\.\\d{1,6})?)$/.exec(hash),start=startMs();
if(!(match2===null||start===void 0))return Math.max(0,Math.floor((Number(match2[1])-start)/1e3))}function secondHash(second,run){return\`#second-\${second}\${run===void 0?"":\`&run=\${run.index}\`}\`}function readSecondHash(hash){
let time=secondOfTimeHash(hash);if(time!==void 0)return{second:time};if(!hash.startsWith("#second-"))
return;let match2=/^#second-(-?\\d{1,12}(?:\\.\\d{1,12})?)(?:&run=(\\d{1,6}))?$/.exec(hash);if(match2===
null)return{remark:"The address names no second."};let asked2=Number(match2[1]),second=secondAt(Math.
floor(asked2)+.5),remarks=[];if(asked2<second||asked2>=second+step){let last=seconds.at(-1);remarks.
push(seconds.length>0&&(asked2<seconds[0]||asked2>=last+step)?\`There is no second \${match2[1]}: they\\
 go from \${seconds[0]} to \${last+step-1}.\`:\`There are no figures of second \${match2[1]}; this is the\\
 nearest that has some.\`)}let run=match2[2]===void 0?void 0:runs.find(({index})=>index===Number(match2[2]));
return match2[2]!==void 0&&run===void 0&&remarks.push(\`There is no run \${match2[2]} that has figures\\
.\`),{second,run,remark:remarks.join(" ")}}function listenToSecondHash(onRemark){let isOpened=open(location.
hash,onRemark);return addEventListener("hashchange",()=>{history.state?.second===void 0&&open(location.
hash,onRemark)}),addEventListener("popstate",({state})=>{state?.second!==void 0&&choose(state.second,
runs.find(({index})=>index===state.run))}),document.addEventListener("click",event=>{let link=event.
target.closest?.('a[href^="#second-"]');link==null||event.ctrlKey||event.metaKey||(event.preventDefault(),
leave(),open(link.getAttribute("href"),onRemark))}),isOpened}function keepSecondHash(){onChoose(()=>{
chosen.second!==void 0&&writeSecondHash()})}function writeSecondHash(){history.replaceState(stateNow(),
"",secondHash(chosen.second,chosen.run))}function stateNow(){return{second:chosen.second,run:chosen.
run?.index}}function leave(){chosen.second!==void 0&&history.replaceState(stateNow(),"",location.href),
history.pushState(stateNow(),"",location.href)}function open(hash,onRemark){let named=readSecondHash(
hash);if(named===void 0)return!1;let{remark:remark2="",run,second}=named;return run!==void 0&&!run.isShown&&
show(other=>other.isShown||other===run),second!==void 0?choose(secondAt(Math.floor(second)+.5),run):
chosen.second!==void 0&&choose(chosen.second,chosen.run),onRemark(remark2),second===void 0?!1:(goToPanel(),
!0)}function jumpToPanel(){leave(),goToPanel()}function goToPanel(){let panel=document.getElementById(
"second");panel?.scrollIntoView(),panel?.focus({preventScroll:!0})}function listenToFindings(){for(let item of document.querySelectorAll("[data-finding]")){let finding=report.
findings[Number(item.dataset.finding)],names2=new Set(finding.runs),touched=runs.filter(({figures:figures2})=>names2.
has(figures2.name)),goes=item.querySelector(".goes");touched.length>0&&touched.length<runs.length&&goes.
append(aloneButton(touched));let moment=worstMoment(finding,touched);moment!==void 0&&goes.append(momentLink(
moment,touched)),item.querySelector("details")?.addEventListener("toggle",({target})=>{target.querySelector(
"ul").replaceChildren(...touched.map(nameItem))},{once:!0})}}function nameItem(run){return element("\\
li","",swatch(run),run.name)}function isAlone(touched){let among=new Set(touched);return runs.every(
run=>run.isShown===among.has(run))}var before=[];function showAlone(touched){if(isAlone(touched))return;
before=shownRuns();let among=new Set(touched);show(run=>among.has(run))}function aloneButton(touched){
let button2=element("button","small");button2.type="button";let count=touched.length===1?"this run":
\`these \${touched.length} runs\`,refresh2=()=>{let isPressed=isAlone(touched);button2.setAttribute("ar\\
ia-pressed",String(isPressed)),button2.textContent=isPressed?"shown alone; show the others again":\`s\\
how \${count} alone\`};return button2.addEventListener("click",()=>{if(!isAlone(touched))return showAlone(
touched);let others=new Set(before);show(run=>others.size===0||others.has(run))}),onToggle(refresh2),
refresh2(),button2}function momentLink({run,second,words},touched){let link=element("a","small",\`\${words}\\
: second \${second} →\`);return link.href=secondHash(second,run),link.title=\`in \${run.name}\`,link.addEventListener(
"click",()=>showAlone(touched)),link}function barWidth(max){return Math.max(1,Math.ceil((max+1)/128))}function binShares(bars,barWidth2,width){
let total=bars.reduce((sum,bar)=>sum+bar.packets,0),shares=[];for(let{from,packets}of bars){let end=from+
barWidth2;for(let bin=Math.floor(from/width);bin*width<end;bin++){let overlap=Math.min(end,(bin+1)*width)-
Math.max(from,bin*width);shares[bin]=(shares[bin]??0)+packets/total*(overlap/barWidth2)}}return Array.
from(shares,share=>share??0)}function tailShares(bars,xs){let total=bars.reduce((sum,bar)=>sum+bar.packets,
0),rest=total,next=0;return xs.map(x=>{for(;next<bars.length&&bars[next].from<x;)rest-=bars[next++].
packets;return total===0?0:rest/total})}function union(lists){return[...new Set(lists.flat())].sort(
(a,b)=>a-b)}function logPlace(value,min,max){return max<=min?0:Math.log(Math.max(min,value)/min)/Math.
log(max/min)}function leastOf(lists){let least=1/0;for(let list of lists)for(let value of list)value!==
null&&value<least&&(least=value);return least}function drawHealRanges(){let box3=document.getElementById("heal-ranges");box3!==null&&(onToggle(()=>render2(
box3)),render2(box3))}function render2(box3){let shown=shownRuns();if(shown.length===0)return box3.replaceChildren(
noRunText());let rows=shown.filter(({figures:figures2})=>figures2.divergence.wrongFieldFrames>0),never=shown.
length-rows.length,rest=never===0?[]:[element("p","never",neverText(never,shown.length))];if(rows.length===
0){box3.replaceChildren(...rest);return}let longest=({figures:{healFrames,divergence}})=>Math.max(healFrames.
max,divergence.longestStreakFrames),end=Math.max(10,...rows.map(longest));box3.replaceChildren(...rest,
...rows.map(run=>rangeRow(run,end)),axis(end))}function neverText(count,all){return count===all?"In \\
no run that is shown was a field ever wrong.":\`\${count} of \${all} runs that are shown: never wrong.\`}
function rangeRow(run,end){let{healFrames,divergence}=run.figures,name=element("span","name",swatch(
run),run.short);name.title=run.name;let line=element("div","range"),marks=[["p50",healFrames.p50],["\\
p99",healFrames.p99],["max",healFrames.max],["streak",divergence.longestStreakFrames]],place=frames=>logPlace(
frames,1,end)*100,span=element("i","span");span.dataset.color=run.color,span.style.left=\`\${place(healFrames.
p50)}%\`,span.style.right=\`\${100-place(healFrames.max)}%\`,line.append(span);for(let[label2,frames]of marks){
if(frames===0)continue;let mark=element("i",\`mark \${label2}\`);mark.dataset.color=run.color,mark.style.
left=\`\${place(frames)}%\`,mark.title=\`\${label2==="streak"?"longest streak":label2}: \${numberText(frames)}\\
 frames\`,line.append(mark)}let text3=\`p50 \${numberText(healFrames.p50)} · p99 \${numberText(healFrames.
p99)} · max \${numberText(healFrames.max)} · longest streak \${numberText(divergence.longestStreakFrames)}\`;
return element("div","heal",name,line,element("small","",text3))}function axis(end){let line=element(
"div","range axis");for(let frames=1;frames<=end;frames*=10){let tick=element("small","",frames===1?
"1 frame":axisText(frames));tick.style.left=\`\${logPlace(frames,1,end)*100}%\`,line.append(tick)}return element(
"div","heal",line)}function matching(facets,wanted2,names2,text3){let words=text3.toLowerCase().split(/\\s+/).filter(word=>word!==
"");return names2.map((name,run)=>facets.every(({of},facet2)=>wanted2[facet2].size===0||wanted2[facet2].
has(of[run]))&&words.every(word=>name.toLowerCase().includes(word)))}function countsOf(facets,wanted2,names2,text3,facet2){
let others=wanted2.map((places,i)=>i===facet2?new Set:places),flags2=matching(facets,others,names2,text3);
return facets[facet2].values.map((_,place)=>flags2.filter((isMatch,run)=>isMatch&&facets[facet2].of[run]===
place).length)}var wanted=[],text="",names=[],flags=[],listeners4=[];function startSelection(){wanted=view.facets.map(
()=>new Set),names=report.runs.map(({name})=>visibleText(name)),flags=names.map(()=>!0)}function isMatching(index){
return flags[index]}function matches(){return runs.filter(run=>run.isMatch)}function isFiltered(){return text!==
""||wanted.some(({size:size2})=>size2>0)}function isWanted(facet2,place){return wanted[facet2].has(place)}
function valueCounts(facet2){return countsOf(view.facets,wanted,names,text,facet2)}function toggleValue(facet2,place){
let places=wanted[facet2];places.delete(place)||places.add(place),match()}function wantText(words){text=
words.trim(),match()}function wantAll(){text="";for(let places of wanted)places.clear();match()}function onMatch(listener){
listeners4.push(listener)}function match(){flags=matching(view.facets,wanted,names,text);for(let run of runs)
run.isMatch=flags[run.index];for(let listener of listeners4)listener()}function listenToFacets(){let buttons=[...document.querySelectorAll("[data-facet]")],field=document.
getElementById("run-name"),clear=document.getElementById("run-clear");for(let button2 of buttons){let{
facet:facet2,place}=button2.dataset;button2.addEventListener("click",()=>toggleValue(Number(facet2),
Number(place)))}field?.addEventListener("input",()=>wantText(field.value)),clear?.addEventListener("\\
click",()=>{field!==null&&(field.value=""),wantAll(),(field??buttons[0])?.focus()});let mark=()=>{let counts=new Map;
for(let button2 of buttons){let[facet2,place]=[Number(button2.dataset.facet),Number(button2.dataset.
place)];counts.has(facet2)||counts.set(facet2,valueCounts(facet2));let count=counts.get(facet2)[place];
button2.setAttribute("aria-pressed",String(isWanted(facet2,place))),button2.querySelector("small").textContent=
count,button2.classList.toggle("void",count===0)}clear!==null&&(clear.hidden=!isFiltered())};onMatch(
mark),mark()}function chooseLook(facets,count){let color2=facets.findIndex(({values})=>values.length<=8);if(facets.
length<2||color2<0)return{color:void 0,dash:void 0};let dash=facets.findIndex((facet2,i)=>i!==color2&&
facet2.values.length<=4),by2={color:color2,dash:dash<0?void 0:dash};if(count>8)return by2;let looks=Array.
from({length:count},(_,run)=>JSON.stringify(lookOf(facets,by2,run)));return new Set(looks).size===count?
by2:{color:void 0,dash:void 0}}function lookOf(facets,{color:color2,dash},run){if(color2===void 0){let own2=run%
8,turn=own2+Math.floor(run/8);return{color:own2,dash:dash===void 0?turn%4:valueOf(facets[dash],run)}}
let own=facets[color2].of[run]%8;return{color:own,dash:dash===void 0?own%4:valueOf(facets[dash],run)}}
function valueOf({of},run){return of[run]%4}function canColor({values}){return values.length<=8}function canDash({
values}){return values.length<=4}var BARE=["ack","codec","net"];function nameBeside(facets,{color:color2,
dash},run,others){let telling=facets.map((facet2,place)=>({facet:facet2,place})).filter(({facet:{of}})=>others.
some(other=>of[other]!==of[run])),beside=telling.filter(({place})=>place!==color2&&place!==dash);return(beside.
length>0?beside:telling).map(({facet:{name,of,values}})=>{let value=values[of[run]];return BARE.includes(
name)||value.includes("=")?value:\`\${name}=\${value}\`}).join(" ")}var NAMED_MAX=16,by={color:void 0,dash:void 0},listeners5=[];function onLook(listener){listeners5.push(
listener)}function labelOf({index,short}){return by.color===void 0?short:nameBeside(view.facets,by,index,
matches().map(run=>run.index))||short}function listenToLooks(){by=chooseLook(view.facets,view.names.
length),choose2("run-color","color",canColor,"run"),choose2("run-dash","dash",canDash,"colour"),onToggle(
drawLegend),apply()}function choose2(id,key,isAble,without){let select2=document.getElementById(id);
if(select2!==null){select2.prepend(new Option(without,""));for(let option of[...select2.options])option.
value!==""&&!isAble(view.facets[Number(option.value)])&&option.remove();select2.value=by[key]??"",select2.
addEventListener("change",()=>{by={...by,[key]:select2.value===""?void 0:Number(select2.value)},apply()})}}
function apply(){setLooks(({index})=>lookOf(view.facets,by,index));for(let listener of listeners5)listener()}
function drawLegend(){let box3=document.querySelector(".run-legend");if(box3===null)return;let focused=document.
activeElement?.dataset?.legend,entries=[...by.color===void 0?runEntries():facetEntries(by.color,value=>({
color:value%8,dash:by.dash===void 0?value%4:0})),...by.dash===void 0?[]:facetEntries(by.dash,value=>({
color:"ink",dash:value}))];box3.replaceChildren(...entries),focused!==void 0&&box3.querySelector(\`[d\\
ata-legend="\${focused}"]\`)?.focus()}function runEntries(){let some2=runs.length<=NAMED_MAX?runs:runs.
filter(({isShown})=>isShown);if(some2.length>NAMED_MAX){let few=\`\${some2.length} runs are too many t\\
o name: show fewer, or colour by what differs\`;return[element("small","",few)]}let buttons=some2.map(
run=>{let button2=element("button","",swatch(run),run.short);return button2.type="button",button2.title=
run.name,Object.assign(button2.dataset,{run:run.index,legend:\`run \${run.index}\`}),listenToRun(button2,
run),button2});return markShown(buttons),buttons}function facetEntries(facet2,lookOfValue){let{name,
of,values}=view.facets[facet2];return[element("b","",name),...values.map((value,place)=>{let own=matches().
filter(({index})=>of[index]===place),isShown=own.some(run=>run.isShown),mark=element("i","swatch");Object.
assign(mark.dataset,lookOfValue(place));let button2=element("button",isShown?"":"off",mark,value);return button2.
type="button",button2.title=value,button2.disabled=own.length===0,button2.dataset.legend=\`\${facet2} \${place}\`,
button2.setAttribute("aria-pressed",String(isShown)),button2.addEventListener("click",()=>show(run=>own.
includes(run)?!isShown:run.isShown)),button2})]}function beats(a,b){return a.place===b.place&&a.x<=b.x&&a.y<=b.y&&(a.x<b.x||a.y<b.y)}function comparable(points2){
return points2.filter(({isCompared,x,y})=>isCompared&&!Number.isNaN(x+y))}function isEachAlone(compared2){
return compared2.length>1&&new Set(compared2.map(({place})=>place)).size===compared2.length}function frontOf(points2){
let compared2=comparable(points2);return isEachAlone(compared2)?[]:compared2.filter(point2=>!compared2.
some(other=>beats(other,point2))).sort((a,b)=>a.place-b.place||a.x-b.x||a.y-b.y)}function bestOf(points2,count){
let compared2=comparable(points2),losses=new Map(compared2.map(point2=>[point2,compared2.filter(other=>beats(
other,point2)).length]));return compared2.sort((a,b)=>losses.get(a)-losses.get(b)||a.x-b.x).slice(0,
count)}function worstOf(points2){return points2.filter(({x,y})=>!Number.isNaN(x+y)).reduce((worst,point2)=>worst===
void 0||point2.y>worst.y||point2.y===worst.y&&point2.x>worst.x?point2:worst,void 0)}function firstShown(points2,most){
if(points2.length<=most)return points2;let worst=worstOf(points2),front2=(isEachAlone(comparable(points2))?
comparable(points2).sort((a,b)=>a.x-b.x):frontOf(points2)).filter(point2=>point2!==worst),shown=thinned(
front2,worst===void 0?most:most-1);return worst===void 0?shown.length>0?shown:points2.slice(0,most):
[...shown,worst]}function thinned(list,most){return list.length<=most?list:Array.from({length:most},
(_,i)=>list[Math.round(i*(list.length-1)/(most-1))])}var GIVEN=["net","churn","consumers","seed"],weighed={figure:0};function weighedFigure(){return view.
tradeOff.figures[weighed.figure]}function givenFacets(){return view.facets.filter(({name})=>GIVEN.includes(
name))}function points(){let{kbps}=view.tradeOff,figure=weighedFigure(),given=givenFacets(),places=new Map;
return matches().map(run=>{let key=JSON.stringify(given.map(({of})=>of[run.index]));return places.has(
key)||places.set(key,places.size),{run,place:places.get(key),x:kbps[run.index]??NaN,y:figure===void 0?
0:figure.values[run.index]??NaN,isCompared:figure?.isCompared[run.index]??!0}})}var FIRST_MAX=8,reason="";function listenToBar(){let listen3=(id,choose3,why)=>document.getElementById(
id)?.addEventListener("click",()=>showOnly(choose3(),why?.()??""));listen3("show-all",matches),listen3(
"show-none",()=>[]),listen3("show-front",()=>runsOf(frontOf(points())),()=>\`the front (\${weighingText()}\\
)\`),listen3("show-best",()=>runsOf(bestOf(points(),FIRST_MAX)),()=>\`the best (\${weighingText()})\`),onMatch(
()=>isFiltered()?showOnly(matches(),""):showFirst()),onToggle(say),showFirst()}function runsOf(list){
return list.map(({run})=>run)}function weighingText(){let figure=weighedFigure();return figure===void 0?
"kbps":\`kbps against \${figure.name}\`}function showFirst(){let all=points(),first2=firstShown(all,FIRST_MAX);
if(first2.length===all.length)return showOnly(runsOf(all),"");showOnly(runsOf(first2),firstText(all,
first2))}function firstText(all,first2){let front2=frontOf(all),worst=worstOf(all),last=worst===void 0||
front2.includes(worst)?"":" and the worst";if(front2.length===0)return\`from the cheapest to the dear\\
est\${last}\`;let kept=front2.filter(point2=>first2.includes(point2)).length;return\`\${kept===front2.length?
\`the \${kept}\`:\`\${kept} of the \${front2.length}\`} on the front (\${weighingText()})\${last}\`}function showOnly(some2,why){
let wanted2=new Set(some2);reason="",show(run=>wanted2.has(run)),reason=why,say()}function say(){let said2=document.
getElementById("runs-said");if(said2===null)return;let count=shownRuns().length,matched=matches().length,
total=\`\${count} of \${runs.length} \${runs.length===1?"run":"runs"} shown\`,rest=matched===0?", none ma\\
tches the filters":matched<runs.length&&matched!==count?\`, \${matched} match\`:"",bad=view.tradeOff.kbps.
length-runs.length,unverified=bad===0?"":\`, \${bad} not verified\`,text3=\`\${total}\${rest}\${unverified}\`;
said2.replaceChildren(element("b","",text3),...reason===""?[]:[element("small","",\`: \${reason}\`)]),reason=
"";let front2=document.getElementById("show-front");front2!==null&&(front2.disabled=frontOf(points()).
length===0);let all=document.getElementById("show-all");all!==null&&(all.textContent=matched>3?\`all \${matched}\`:
"all")}var facet;function listenToTable(){let table2=document.querySelector("table.runs");if(table2===null)
return;let choice=document.getElementById("run-group");choice?.addEventListener("change",()=>{facet=
choice.value===""?void 0:Number(choice.value),arrange(table2)}),onMatch(()=>arrange(table2));let button2=document.
getElementById("all-columns");button2!==null&&(button2.parentElement.hidden=!1,button2.addEventListener(
"click",()=>showColumns(table2,button2,!isWhole(table2))),showColumns(table2,button2,!1))}function isWhole(table2){
return table2.classList.contains("whole")}function showColumns(table2,button2,isAll){table2.classList.
toggle("whole",isAll),button2.setAttribute("aria-pressed",String(isAll));let said2=button2.parentElement.
querySelector("small");said2.textContent=said2.textContent.replace(/^\\d+/,()=>{let heads=[...table2.
tHead.rows[1].cells].slice(2);return String(heads.filter(head=>isAll||!head.classList.contains("more")).
length)});for(let head of table2.tHead.rows[0].querySelectorAll("[data-common]"))head.dataset.all??=
String(head.colSpan),head.colSpan=isAll?Number(head.dataset.all):Math.max(1,Number(head.dataset.common))}
function arrange(table2){let rows=[...table2.querySelectorAll("tbody tr[data-run]")];for(let row of rows)
row.hidden=!isMatching(Number(row.dataset.run));for(let body of[...table2.tBodies])body.remove();if(facet===
void 0)return void table2.append(element("tbody","",...rows));let{name,of,values}=view.facets[facet];
values.forEach((value,place)=>{let own=rows.filter(row=>of[Number(row.dataset.run)]===place),shown=own.
filter(row=>!row.hidden),head=shown.length===0?[]:[groupRow(\`\${name}: \${value}\`,shown)];table2.append(
element("tbody","",...head,...own))})}function groupRow(title,rows){let count=\`\${rows.length} \${rows.
length===1?"run":"runs"}\`,name=element("th","pinned",element("b","",title),element("small","",count));
name.scope="rowgroup";let columns=Math.max(...rows.map(row2=>row2.cells.length)),cells=Array.from({length:columns-
1},(_,i)=>spanCell(rows,i+1)),row=element("tr","group-row",name,...cells);return row.dataset.fixed="",
row}function spanCell(rows,column){let cells=rows.map(row=>row.cells[column]).filter(cell3=>Number.isFinite(
Number(cell3?.dataset.value??NaN))),[any]=cells;if(any===void 0){let isMore=rows.some(row=>row.cells[column]?.
classList.contains("more"));return element("td",isMore?"more":"")}let valueOf2=cell3=>Number(cell3.dataset.
value),end=isBeyond=>cells.reduce((a,b)=>isBeyond(valueOf2(b),valueOf2(a))?b:a).textContent,[least,most]=[
end((a,b)=>a<b),end((a,b)=>a>b)],text3=least===most?[least]:[least,element("small",""," to "),most],
kept=["start","main","more"].filter(name=>any.classList.contains(name)),cell2=element("td",["number",
...kept].join(" "),...text3);return cell2.dataset.label=any.dataset.label,cell2}function ticksTo(max,count){if(!(max>0))return[0,1];let rough=max/count,power=10**Math.floor(Math.log10(
rough)),step2=[1,2,5,10].find(times=>times*power>=rough)*power,last=Math.ceil(max/step2-1e-9);return Array.
from({length:last+1},(_,i)=>Number((i*step2).toPrecision(12)))}function dotShape(shape,radius){let r=radius;
return shape===1?polygon([[-1,-1],[1,-1],[1,1],[-1,1]],r*.89):shape===2?polygon([[0,-1.2],[1.15,.8],
[-1.15,.8]],r*1.08):shape===3?polygon([[0,-1],[1,0],[0,1],[-1,0]],r*1.26):\`M\${-r} 0a\${r} \${r} 0 1 0 \${2*
r} 0a\${r} \${r} 0 1 0 \${-2*r} 0z\`}function polygon(corners,scale){return\`M\${corners.map(([x,y])=>\`\${(x*
scale).toFixed(2)} \${(y*scale).toFixed(2)}\`).join("L")}z\`}function placeLabels(dots2,bounds,lines=[]){
let taken=dots2.map(({radius,x,y})=>{let reach=radius*REACH;return box2(x-reach,y,2*reach,2*reach)});
return taken.push(...lines),dots2.map(({radius,width,x,y},own)=>{if(width===0)return;let away=radius+
5,tries=[[x+away,y],[x-away-width,y],[x-width/2,y-away-HEIGHT/2],[x-width/2,y+away+HEIGHT/2],[x+away-
2,y-away],[x+away-2,y+away],[x-away+2-width,y-away],[x-away+2-width,y+away]];for(let[left,middle]of tries){
if(!isInside(box2(left,middle,width,HEIGHT),bounds))continue;let wanted2=box2(left-GAP,middle,width+
2*GAP,HEIGHT+GAP);if(!taken.some((other,i)=>i!==own&&meet(other,wanted2)))return taken.push(wanted2),
{x:left,y:middle}}})}var HEIGHT=14,GAP=3,REACH=1.3;function box2(left,middle,width,height){return{left,
right:left+width,top:middle-height/2,bottom:middle+height/2}}function isInside(a,b){return a.left>=b.
left&&a.right<=b.right&&a.top>=b.top&&a.bottom<=b.bottom}function meet(a,b){return a.left<b.right&&b.
left<a.right&&a.top<b.bottom&&b.top<a.bottom}var SVG="http://www.w3.org/2000/svg",MARGIN={left:52,right:14,top:12,bottom:38},LABEL_MAX=30,RADIUS=4.5,
FRONT_RADIUS=6.5,measure=document.createElement("canvas").getContext("2d");function drawPlot(box3,points2,front2,figure,labelOf3){
let width=Math.max(260,roomIn(box3)),height=width<520?290:340,there=points2.filter(({x,y})=>!Number.
isNaN(x+y)),inner={left:MARGIN.left,top:MARGIN.top,right:width-MARGIN.right,bottom:height-MARGIN.bottom},
xTicks=ticksTo(Math.max(0,...there.map(({x})=>x)),width<520?4:8),yTicks=ticksTo(Math.max(0,...there.
map(({y})=>y)),5),xOf=x=>inner.left+x/xTicks[xTicks.length-1]*(inner.right-inner.left),yOf=y=>inner.
bottom-y/yTicks[yTicks.length-1]*(inner.bottom-inner.top),dots2=there.map(point2=>{let radius=front2.
has(point2)?FRONT_RADIUS:RADIUS;return{point:point2,run:point2.run,x:xOf(point2.x),y:yOf(point2.y),radius}});
dots2.sort((a,b)=>a.radius-b.radius);let list=svg("g",{role:"list","aria-label":"Runs"});for(let dot of dots2)
list.append(dotNode(dot,figure,front2.has(dot.point)));let title=\`kbps of a consumer against \${figure.
name}: \${dots2.length} runs\`;return box3.replaceChildren(svg("svg",{viewBox:\`0 0 \${width} \${height}\`,
width,height,role:"application","aria-label":title},axes(xTicks,yTicks,xOf,yOf,inner,figure),...frontSteps(
dots2,front2).map(frontLine),list,svg("g",{"aria-hidden":"true"},...labels(dots2,front2,inner,labelOf3)))),
dots2}function lookOfDot({label:label2,mark,node,radius,run}){node.dataset.color=run.color,node.classList.
toggle("off",!run.isShown),node.setAttribute("aria-pressed",String(run.isShown)),mark.setAttribute("\\
d",dotShape(run.dash,radius)),label2?.classList.toggle("off",!run.isShown)}function axes(xTicks,yTicks,xOf,yOf,inner,{
name,unit}){let middle=(inner.top+inner.bottom)/2;return svg("g",{class:"axes","aria-hidden":"true"},
...yTicks.flatMap(tick=>[svg("path",{d:\`M\${inner.left} \${yOf(tick)}H\${inner.right}\`}),text2(inner.left-
7,yOf(tick)+4,axisText(tick),"end")]),...xTicks.map(tick=>text2(xOf(tick),inner.bottom+16,axisText(tick),
"middle")),text2(inner.right,inner.bottom+33,"kbps of a connected consumer, mean","end"),svg("g",{transform:\`\\
translate(12 \${middle}) rotate(-90)\`},text2(0,0,\`\${name}, \${unit}\`,"middle")))}function frontSteps(dots2,front2){
let places=new Map;for(let dot of dots2.filter(({point:point2})=>front2.has(point2))){let{place}=dot.
point;places.set(place,[...places.get(place)??[],dot])}return[...places.values()].filter(list=>list.
length>1).map(list=>list.sort((a,b)=>a.x-b.x||b.y-a.y))}function frontLine([first2,...rest]){let steps=rest.
map(({x,y})=>\`H\${x.toFixed(1)}V\${y.toFixed(1)}\`).join("");return svg("path",{class:"front-line",d:\`M\${first2.
x} \${first2.y}\${steps}\`})}function stairBoxes(list){return list.slice(1).flatMap(({x,y},i)=>[{left:list[i].
x,right:x,top:list[i].y-2,bottom:list[i].y+2},{left:x-2,right:x+2,top:Math.min(y,list[i].y),bottom:Math.
max(y,list[i].y)}])}function dotNode(dot,{name,unit},isFront){let{isCompared,run,x,y}=dot.point;dot.
mark=svg("path",{class:"mark"});let cross=svg("path",{class:"cross",d:"M-6 -6L6 6M6 -6L-6 6"}),stand=isFront?
", on the front":isCompared?"":", not compared";return dot.node=svg("g",{class:"dot",role:"button",tabindex:"\\
-1",transform:\`translate(\${dot.x.toFixed(1)} \${dot.y.toFixed(1)})\`,"aria-label":\`\${run.name}: \${numberText(
x,1)} kbps, \${name} \${numberText(y,2)} \${unit}\${stand}\`},svg("circle",{class:"reach",r:String(dot.radius+
5)}),dot.mark,...isCompared?[]:[cross]),svg("g",{role:"listitem"},dot.node)}function labels(dots2,front2,inner,labelOf3){
measure.font="11px system-ui, sans-serif";let worst=worstOf(dots2.map(({point:point2})=>point2)),isTold=({
point:point2})=>front2.has(point2)||point2===worst,rank=dot=>(isTold(dot)?2:0)+(dot.run.isShown?1:0),
named=uniqueNames([...dots2].sort((a,b)=>rank(b)-rank(a)),isTold,labelOf3).map(({dot,name})=>({dot,name,
...dot,width:measure.measureText(name).width})),places=placeLabels(named,inner,frontSteps(dots2,front2).
flatMap(stairBoxes));return named.flatMap(({dot,name},i)=>places[i]===void 0?[]:(dot.label=text2(places[i].
x,places[i].y+4,name,"start"),dot.label.setAttribute("class","dot-label"),[dot.label]))}function uniqueNames(dots2,isTold,labelOf3){
let short=countedNames(dots2.map(({run})=>labelOf3(run))),long=countedNames(dots2.map(({run})=>run.short));
return dots2.map((dot,i)=>{let own=short[i]??(isTold(dot)?long[i]:void 0);return{dot,name:own??""}})}
function countedNames(wholes){let names2=wholes.map(whole2=>whole2.length>LABEL_MAX?\`\${whole2.slice(
0,LABEL_MAX-1)}…\`:whole2);return names2.map(name=>names2.indexOf(name)===names2.lastIndexOf(name)?
name:void 0)}function text2(x,y,content,anchor){let node=svg("text",{x:x.toFixed(1),y:y.toFixed(1),"\\
text-anchor":anchor});return node.textContent=content,node}function svg(tag,attributes,...children){
let node=document.createElementNS(SVG,tag);for(let[name,value]of Object.entries(attributes))node.setAttribute(
name,value);return node.append(...children),node}function tradeOffWords(points2,figure,given,unverified){let there=points2.filter(({x,y})=>!Number.isNaN(
x+y)),compared2=comparable(points2);return[frontWords(compared2,given),some(there.length-compared2.length,
runs2=>\`\${runs2} crossed and not compared, for \${figure.name} says little of who froze for more than\\
 5 % of the time or lost more than half of the packets.\`),some(points2.length-there.length,runs2=>\`\${runs2}\\
 without \${figure.name}, and not in it.\`),some(unverified,runs2=>\`\${runs2} not verified, and not in \\
it.\`)].filter(sentence=>sentence!=="").join(" ")}function frontWords(compared2,given){if(compared2.length<
2)return"Nothing is left to compare.";let places=new Set(compared2.map(({place})=>place)).size,where=given.
join(" and ");if(isEachAlone(compared2))return\`Each run has a \${where} of its own: none can be chose\\
n instead of another.\`;let count=frontOf(compared2).length,same=places===1?"nothing else":\`nothing e\\
lse of the same \${where}\`,them=count===1?"that one":"each of these";return\`\${count} of \${compared2.length}\\
 runs \${count===1?"is":"are"} on the front, the bigger dots on a line: next to \${them}, \${same} is b\\
oth cheaper and better.\`}function some(count,sentence){return count===0?"":sentence(count===1?"1 run\\
 is":\`\${count} runs are\`)}var dots=[],front=new Set;function drawTradeOff(){let box3=document.getElementById("trade-off");if(box3===
null||runs.length<2)return;let{figures:figures2}=view.tradeOff;if(figures2.length===0)return void box3.
append(element("p","hint","No figure of what players see differs between these runs: bytes alone do."));
let plot=element("div","trade-plot"),words=element("p","hint");words.setAttribute("aria-live","polit\\
e"),box3.append(chooser(figures2,()=>draw(plot,words)),plot,words),draw(plot,words),onMatch(()=>draw(
plot,words)),onLook(()=>draw(plot,words)),onPaper(()=>draw(plot,words)),onToggle(refresh),onPoint(run=>{
for(let dot of dots)dot.node.classList.toggle("pointed",dot.run===run)});let width=plot.clientWidth;
new ResizeObserver(()=>{plot.clientWidth!==width&&(width=plot.clientWidth,draw(plot,words))}).observe(
plot)}function chooser(figures2,redraw){let select2=element("select","",...figures2.map(({name,unit},i)=>new Option(
\`\${name}, \${unit}\`,String(i))));select2.id="weighed",select2.addEventListener("change",()=>{weighed.
figure=Number(select2.value),redraw()});let label2=element("label","","What it costs, kbps, against ",
select2);return element("div","trade-head",label2)}function draw(plot,words){let all=points(),figure=weighedFigure();
front=new Set(frontOf(all)),dots=drawPlot(plot,all,front,figure,labelOf);let given=givenFacets().map(
({name})=>name);words.textContent=tradeOffWords(all,figure,given,view.names.length-runs.length);for(let dot of dots)
listen(dot);dots.length>0&&dots[0].node.setAttribute("tabindex","0"),refresh()}function refresh(){for(let dot of dots)
lookOfDot(dot)}function listen(dot){let{node}=dot,choose3=isAlone2=>isAlone2?isolate(dot.run):toggle(
dot.run);node.addEventListener("click",event=>choose3(event.shiftKey||event.altKey)),node.addEventListener(
"mouseenter",()=>explain(dot)),node.addEventListener("mouseleave",leave2),node.addEventListener("foc\\
us",()=>{for(let other of dots)other.node.setAttribute("tabindex",other===dot?"0":"-1");node.matches(
":focus-visible")&&explain(dot)}),node.addEventListener("blur",leave2),node.addEventListener("keydow\\
n",event=>{let next=nextDot(dot,event.key);if(event.key==="Enter"||event.key===" ")choose3(event.shiftKey||
event.altKey);else if(event.key==="Escape")leave2();else{if(next===void 0)return;next.node.focus()}event.
preventDefault()})}function nextDot(dot,key){let byX=[...dots].sort((a,b)=>a.x-b.x||a.y-b.y),byY=[...dots].
sort((a,b)=>a.y-b.y||a.x-b.x);if(key==="Home")return byX[0];if(key==="End")return byX[byX.length-1];
if(key==="ArrowRight")return byX[byX.indexOf(dot)+1]??dot;if(key==="ArrowLeft")return byX[byX.indexOf(
dot)-1]??dot;if(key==="ArrowUp")return byY[byY.indexOf(dot)+1]??dot;if(key==="ArrowDown")return byY[byY.
indexOf(dot)-1]??dot}function explain(dot){let figure=weighedFigure(),corner=dot.node.getBoundingClientRect(),
isOver=other=>Math.hypot(other.x-dot.x,other.y-dot.y)<5,here=dots.filter(other=>other!==dot&&isOver(
other));showTooltip(corner.right-8,corner.top,dot.run.name,[dot,...here].map(other=>({run:other.run,
name:other===dot?standOf(dot.point):other.run.short,value:valuesText(other.point,figure),isFocused:other===
dot&&here.length>0}))),point(dot.run)}function valuesText({x,y},{unit}){return\`\${numberText(x,1)} kb\\
ps · \${numberText(y,2)} \${unit}\`}function standOf(point2){return front.has(point2)?"on the front":point2.
isCompared?"":"not compared"}function leave2(){hideTooltip(),point(void 0)}function listenToRunsView(){startSelection();for(let box3 of document.querySelectorAll(".run-control\\
s"))box3.hidden=!1;listenToTable(),listenToLooks(),listenToFacets(),listenToBar(),drawTradeOff()}function offerJson(){let link=document.getElementById("save");if(link===null)return;link.href="#";let write=()=>{
if(link.href.startsWith("blob:"))return;let text3=\`\${JSON.stringify(report,void 0,2)}
\`;link.href=URL.createObjectURL(new Blob([text3],{type:"application/json"}))};for(let event of["poin\\
terenter","focus","click"])link.addEventListener(event,write)}function chartRows(u,i,value,top){return runs.flatMap((run,place)=>{let y=u.data[place+1][i];if(!run.
isShown||y===null||y===void 0)return[];let isFocused=u.series[place+1]._focus===!0,distance=top===void 0?
-y:Math.abs(u.valToPos(y,"y")-top);return[{run,name:run.name,value:value(y,run,i),distance,isFocused}]}).
sort((a,b)=>a.distance-b.distance)}var plots=new Set,FONT="12px system-ui, sans-serif",RUNS_MANY=12,RUNS_FEW=4,NARROW=560;function axisRoom(width){
return width<NARROW?46:64}var END_ROOM=20;function placeUnderAxis(drawing,row){let room=roomIn(row);
return drawing.style.marginLeft=\`\${axisRoom(room)/room*100}%\`,drawing.style.marginRight=\`\${END_ROOM/
room*100}%\`,Math.max(1,room-axisRoom(room)-END_ROOM)}function clearLane(drawing,row,canvas,height){let width=placeUnderAxis(
drawing,row),ratio2=devicePixelRatio;canvas.width=width*ratio2,canvas.height=height*ratio2;let ctx=canvas.
getContext("2d");return ctx.scale(ratio2,ratio2),ctx.fillStyle=color("--grid"),ctx.fillRect(0,height-
1,width,1),{ctx,width}}function plotLines(box3,options){let{xs,ys,thin=[],xScale={},yScale={},xText=axisText,
yText=axisText}=options,axis2={stroke:()=>color("--soft"),font:FONT,ticks:{show:!1}},grid={stroke:()=>color(
"--grid"),width:1},deaf=()=>null,u=new uPlot({...size(box3),padding:[options.unit===void 0?12:24,END_ROOM,
0,0],legend:{show:!1},scales:{x:{time:!1,...xScale},y:yScale},axes:[{...axis2,grid:{show:!1},values:(_,splits)=>splits.
map(xText),size:26,gap:4,...options.xIncrements&&{incrs:options.xIncrements}},{...axis2,grid,size:()=>axisRoom(
roomIn(box3)),values:(_,splits)=>splits.map(y=>y===null?"":yText(y)),...options.ySpace&&{space:options.
ySpace},...options.ySplits&&{splits:options.ySplits,filter:(_,splits)=>splits}}],series:[{},...runs.
map(run=>({stroke:()=>runColor(run),dash:runDash(run),width:lineWidth(),show:run.isShown,points:{show:xs.
length===1,size:7,fill:()=>runColor(run)},...options.fill&&{fill:()=>\`\${runColor(run)}1f\`},...options.
paths&&{paths:options.paths}})),...thin.map((_,i)=>({stroke:()=>\`\${runColor(runs[i])}d9\`,width:1,show:runs[i].
isShown&&areThinUsual(),points:{show:!1}}))],focus:{alpha:.25},cursor:{y:!1,focus:{prox:24},points:{
size:7,width:2,fill:()=>color("--card")},...options.isOwnCursor&&{x:!1,drag:{x:!1,y:!1},bind:{mousedown:deaf,
mouseup:deaf,click:deaf,dblclick:deaf,mousemove:deaf}}},hooks:{setCursor:[()=>options.onMove?.(u)],draw:[
...options.unit===void 0?[]:[made=>drawUnit(made,options.unit)],...options.onDraw?[options.onDraw]:[]]}},
[xs,...ys,...thin],box3),canvas=u.root.querySelector("canvas");canvas.setAttribute("role","img");let name=()=>canvas.
setAttribute("aria-label",options.label?.()??labelOf2(box3));name();let plot={u,name,hasThin:thin.length>
0};plots.add(plot);let fit=()=>{u.setSize(size(box3)),isOnPaper()&&queueMicrotask(()=>scaleOver(u))};
plot.fit=fit;let observer=new ResizeObserver(fit);return observer.observe(box3),{u,name,remove:()=>{
observer.disconnect(),plots.delete(plot),u.destroy()},thinly:(isWanted2=plot.isWanted)=>(plot.isWanted=
isWanted2,u.batch(()=>showThin(plot)),isWanted2??areThinUsual())}}function showThin({u,isWanted:isWanted2=areThinUsual()}){
runs.forEach((run,i)=>{u.setSeries(runs.length+i+1,{show:run.isShown&&isWanted2})})}function size(box3){
return{width:Math.max(200,roomIn(box3)),height:Number(box3.dataset.height)}}function lineWidth(){return shownRuns().
length>RUNS_MANY?1.2:2}function areThinUsual(){return shownRuns().length<=RUNS_FEW}function labelOf2(box3){
return\`\${box3.closest("section")?.querySelector("h2")?.textContent??"Chart"}: \${shownRuns().length} \\
runs\`}function drawUnit({ctx},unit){ctx.save(),ctx.font=\`\${12*devicePixelRatio}px system-ui, sans-se\\
rif\`,ctx.fillStyle=color("--soft"),ctx.textAlign="left",ctx.textBaseline="top",ctx.fillText(unit,0,2*
devicePixelRatio),ctx.restore()}onToggle(()=>{let width=lineWidth();for(let plot of plots){let{u,name}=plot;
u.batch(()=>{runs.forEach((run,i)=>{Object.assign(u.series[i+1],{width,dash:runDash(run)}),u.setSeries(
i+1,{show:run.isShown})}),plot.hasThin&&showThin(plot),u.redraw()}),name()}});onPoint(run=>{let place=runs.
indexOf(run);for(let{u}of plots)u.setSeries(place<0?null:place+1,{focus:place>=0})});onPaper(()=>{for(let{
fit}of plots)fit()});function scaleOver({over:{style},width,height}){let wholes={left:width,width,top:height,
height};for(let[side,whole2]of Object.entries(wholes))style[side].endsWith("px")&&(style[side]=\`\${parseFloat(
style[side])/whole2*100}%\`)}onColors(()=>{for(let{u}of plots)u.redraw()});function drawChart(box3,options){let isPointed=!1,{u,remove}=plotLines(box3,{...options,onMove:made=>isPointed&&
tell2(made)});function tell2({cursor:{idx,left,top}}){if(idx==null||left<0)return hideTooltip();let rows=chartRows(
u,idx,options.value,top);if(rows.length===0)return hideTooltip();let corner=u.over.getBoundingClientRect();
showTooltip(corner.left+left,corner.top+top,options.heading(idx),rows)}return u.over.addEventListener(
"mouseenter",()=>isPointed=!0),u.over.addEventListener("mouseleave",()=>{isPointed=!1,hideTooltip()}),
remove}var FILLED_MAX=6,WHOLE=[1,10,100,1e3,1e4,1e5,1e6,1e7].flatMap(power=>[power,2*power,5*power]);function drawShapeCharts(){
listen2("sizes",{title:"Packet sizes",unit:"B",onDraw:drawMtu,tick:x=>\`\${axisText(x)} B\`,barsOf:run=>run.
packetSizes,spreadOf:run=>run.bytesPerFrame}),listen2("ages",{title:"Baseline age",unit:"frames",xIncrements:WHOLE,
tick:(x,_,all)=>\`\${axisText(x)}\${x===all.find(other=>other>0)?" frames":""}\`,barsOf:run=>run.baselineAges,
spreadOf:run=>run.baselineAgeFrames})}function listen2(name,shape){let box3=document.querySelector(\`\\
[data-chart="\${name}"]\`);if(box3===null)return;let remove=()=>{},isTailShown=!1,describe=()=>box3.setAttribute(
"aria-label",spreadText(shape,isTailShown)),buttons=[...document.querySelectorAll(\`[data-view-of="\${name}\\
"]\`)],view3=isTail=>{remove(),isTailShown=isTail,describe(),remove=(isTail?drawTail:drawDistribution)(
box3,shape);for(let button2 of buttons)button2.setAttribute("aria-pressed",String(button2.dataset.view===
"tail"===isTail))};for(let button2 of buttons)button2.addEventListener("click",()=>view3(button2.dataset.
view==="tail"));box3.setAttribute("role","img"),onToggle(describe),yieldToNoRun(box3),view3(box3.dataset.
view==="tail")}function spreadText({spreadOf,title,unit},isTail){let spreads=shownRuns().map(({figures:figures2})=>spreadOf(
figures2));if(spreads.length===0)return\`\${title}. \${NO_RUN}\`;let range=figure=>{let values=spreads.map(
spread=>spread[figure]),[min,max]=[Math.min(...values),Math.max(...values)];return min===max?numberText(
min):\`\${numberText(min)} to \${numberText(max)}\`};return\`\${title} of \${spreads.length} \${spreads.length===
1?"run":"runs"} as a \${isTail?"tail":"distribution"}: median \${range("p50")} \${unit}, p99 \${range("p\\
99")} \${unit}, largest \${range("max")} \${unit}\`}function drawDistribution(box3,{barsOf,spreadOf,tick,
unit,xIncrements,onDraw}){let maxOf=figures2=>spreadOf(figures2).max,widths2=runs.map(({figures:figures2})=>barWidth(
maxOf(figures2))),max=Math.max(0,...runs.map(({figures:figures2})=>maxOf(figures2))),width=Math.max(
1,Math.ceil(max/64),...widths2),bins=Math.floor(max/width)+2,xs=Array.from({length:bins},(_,bin)=>bin*
width),ys=runs.map(({figures:figures2},i)=>{let shares=binShares(barsOf(figures2),widths2[i],width);
return xs.map((_,bin)=>shares[bin]??0)});return drawChart(box3,{xs,ys,fill:runs.length<=FILLED_MAX,paths:uPlot.
paths.stepped({align:1}),xScale:{range:[0,xs[bins-1]]},yScale:{range:(_,__,top)=>[0,Math.max(.01,top)*
1.08]},xText:tick,...xIncrements&&{xIncrements},yText:tightPercent,heading:i=>\`\${width===1?xs[i]:\`\${xs[i]}\\
–\${xs[i]+width-1}\`} \${unit}\`,value:y=>\`\${percentText(y)} of packets\`,onDraw})}function drawTail(box3,{
barsOf,spreadOf,tick,unit,xIncrements,onDraw}){let xs=union([[0],...runs.map(({figures:figures2})=>barsOf(
figures2).map(bar=>bar.from))]),end=Math.max(1,...runs.map(({figures:figures2})=>spreadOf(figures2).
max));xs[xs.length-1]<end&&xs.push(end);let ys=runs.map(({figures:figures2})=>tailShares(barsOf(figures2),
xs).map(share=>share>0?share:null)),lowest=Math.min(.1,leastOf(ys)),floor=10**Math.floor(Math.log10(
lowest));return drawChart(box3,{xs,ys,paths:uPlot.paths.stepped({align:-1}),xScale:{range:[0,xs[xs.length-
1]]},yScale:{distr:3,log:10,range:[floor,1]},ySplits:()=>powersFrom(floor),xText:tick,...xIncrements&&
{xIncrements},yText:powerText,heading:i=>\`at least \${numberText(xs[i])} \${unit}\`,value:y=>\`\${percentText(
y)} of packets\`,onDraw})}function powerText(share){return share>5e-5?tightPercent(share):\`10⁻\${String(
-2-Math.round(Math.log10(share))).replace(/\\d/g,digit=>"⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}%\`}function tightPercent(share){
return percentText(share).replace(" ","")}function powersFrom(floor){let powers=[];for(let power=floor;power<
1.5;power*=10)powers.push(power);return powers}function drawMtu(u){let{ctx,bbox}=u,mtus=union([runs.
map(({figures:figures2})=>figures2.mtuBytes)]),ratio2=devicePixelRatio;ctx.save(),ctx.font=\`\${11*ratio2}\\
px system-ui, sans-serif\`,ctx.fillStyle=ctx.strokeStyle=color("--worst"),ctx.textBaseline="top",mtus.
forEach((mtu,row)=>{let top=bbox.top+(4+row*15)*ratio2;if(mtu>u.scales.x.max){ctx.textAlign="right",
ctx.fillText(\`MTU \${mtu} B →\`,bbox.left+bbox.width-6*ratio2,top);return}let x=Math.round(u.valToPos(
mtu,"x",!0));ctx.lineWidth=ratio2,ctx.setLineDash([4*ratio2,3*ratio2]),ctx.beginPath(),ctx.moveTo(x,
bbox.top),ctx.lineTo(x,bbox.top+bbox.height),ctx.stroke();let isRight=x>bbox.left+bbox.width/2;ctx.textAlign=
isRight?"right":"left",ctx.fillText(\`MTU \${mtu} B\`,x+(isRight?-6:6)*ratio2,top)}),ctx.restore()}var measures=new WeakMap;function quietText(run,second){let point2=pointOf(run,second);if(!(point2===
void 0||point2.kbps>0))return isHole(run,point2)?"no frame recorded":"nothing sent"}function isAfterHole(run,second){
let points2=pointsOf(run),before2=points2[points2.findIndex(point2=>point2.second===second)-1];return before2!==
void 0&&before2.kbps===0&&isHole(run,before2)}function isHole(run,point2){if(measures.has(run)||measures.
set(run,pointsOf(run).some(({stateAgeMs})=>stateAgeMs!==void 0)),measures.get(run))return point2.stateAgeMs===
void 0&&run.figures.holes?.count>0;let{sendEvery,sendRateHz}=run.figures.settings;return sendEvery===
1&&sendRateHz===null}function median(numbers){return numbers.toSorted((a,b)=>a-b)[Math.floor(numbers.length/2)]}var BEFORE=5;function bitsByKey(lists,keyOf2,keys){let known=new Set(lists.flatMap(({items})=>items.
map(keyOf2))),unlisted=lists.map(({items,restBits,unlistedBits})=>{if(unlistedBits!==void 0)return unlistedBits;
let others=Math.max(1,known.size-items.length);return Math.min(restBits/others,...items.map(({bits})=>bits))}),
all=new Map(keys.map(key=>[key,{bits:[...unlisted],isListed:lists.map(()=>!1)}]));return lists.forEach(
({items},i)=>{for(let item of items){let asked2=all.get(keyOf2(item));asked2!==void 0&&(asked2.bits[i]=
item.bits,asked2.isListed[i]=!0)}}),all}function steadyKeys(lists,keyOf2,most){let counts=new Map;for(let{
items}of lists)for(let item of items)counts.set(keyOf2(item),(counts.get(keyOf2(item))??0)+1);if(counts.
size<=most)return[...counts.keys()];let steady=[...counts].sort((a,b)=>b[1]-a[1]).slice(0,most).map(
([key])=>key),isSteady=new Set(steady);return[...counts.keys()].filter(key=>isSteady.has(key))}function isMostly(flags2){
return 2*flags2.filter(flag=>flag).length>=flags2.length}function compared(list,place,isBefore2){let before2=list.
slice(Math.max(0,place-BEFORE),place);return isBefore2&&before2.length>0?before2:list}function usualBits(bits,place,isBefore2){
let others=compared(bits,place,isBefore2);return others===bits?median(bits)??0:others.reduce((sum,count)=>sum+
count,0)/others.length}function excessOf(lists,keyOf2,place,isBefore2){let all=bitsByKey(lists,keyOf2,
lists[place].items.map(keyOf2));return lists[place].items.map(item=>{let{bits:over,isListed}=all.get(
keyOf2(item)),usual=usualBits(over,place,isBefore2),isKnown=isMostly(compared(isListed,place,isBefore2));
return{item,bits:item.bits,usual,isKnown,over}}).sort((a,b)=>b.bits-b.usual-(a.bits-a.usual))}var ROWS_MAX2=10,SVG2="http://www.w3.org/2000/svg",LINE_WIDTH=120,LINE_HEIGHT=20;function bytesText(bits){
let bytes=bits/8,[size2,unit]=bytes>=1e6?[1e6,"MB"]:bytes>=1e3?[1e3,"kB"]:[1,"B"];return\`\${numberText(
Number((bytes/size2).toPrecision(3)))} \${unit}\`}function excessBars(rows,nameOf,seconds2,second,usual){
let longest=Math.max(1,...rows.map(row=>Math.max(row.bits,row.usual))),lines=rows.map(row=>{let line=lineOver(
row.over,seconds2,second);return excessRow(row,nameOf(row.item),longest,usual,line)}),box3=element("\\
div","excess",...lines.slice(0,ROWS_MAX2)),rest=lines.slice(ROWS_MAX2);if(rest.length>0){let summary=element(
"summary","",\`\${rest.length} more\`);box3.append(element("details","",summary,...rest))}return box3}function excessRow({
bits,isKnown,usual},name,longest,usualText,line){let bar=element("i","amount"),mark=element("i","usu\\
al");bar.style.width=\`\${bits/longest*100}%\`,mark.style.left=\`\${usual/longest*100}%\`,mark.title=\`\${usualText}\\
: \${bytesText(usual)}\`;let more=element("b","",changeText(bits,usual,isKnown)),row=element("div","ex\\
cess-row",element("span","name",name),element("span","track",bar,mark),element("span","figures",bytesText(
bits)," ",more),line);return row.classList.toggle("much",isMuch(bits,usual)),row.title=\`\${name}: \${bytesText(
bits)}, \${usualText} \${bytesText(usual)}\`,row}function isMuch(bits,usual){return bits>=1.5*usual&&bits-
usual>=64}function changeText(bits,usual,isKnown){let difference=bits-usual;if(usual<1)return isKnown?
"usually none":"usually not listed";if(Math.abs(difference)<.005*usual)return"as usual";let sign=difference<
0?"−":"+",text3=\`\${isKnown?"":"about "}\${sign}\${bytesText(Math.abs(difference))}\`,times=Number((bits/
usual).toPrecision(2));return isKnown&&bits>=1.95*usual?\`\${text3} (×\${numberText(times)})\`:text3}function lineOver(over,seconds2,second){
let svg2=document.createElementNS(SVG2,"svg");svg2.setAttribute("viewBox",\`0 0 \${LINE_WIDTH} \${LINE_HEIGHT}\`),
svg2.setAttribute("preserveAspectRatio","none"),svg2.setAttribute("aria-hidden","true");let most=Math.
max(1,...over),from=seconds2[0],length=Math.max(1,seconds2.at(-1)-from),x=at=>(at-from)/length*LINE_WIDTH,
y=bits=>LINE_HEIGHT-1-bits/most*(LINE_HEIGHT-3),path=document.createElementNS(SVG2,"path");path.setAttribute(
"d",over.map((bits,i)=>\`\${i===0?"M":"L"}\${x(seconds2[i]).toFixed(1)} \${y(bits).toFixed(1)}\`).join(""));
let mark=document.createElementNS(SVG2,"path");return mark.setAttribute("d",\`M\${x(second).toFixed(1)}\\
 0V\${LINE_HEIGHT}\`),mark.setAttribute("class","here"),svg2.append(mark,path),svg2}var SIDE_MIN=3,NEAR=5,RATIO_MIN=1.4,RATIO_NEAR_MIN=1.25,SHARE_MIN=.005;function lastingChange(bits,least){
if(bits.length<2*SIDE_MIN)return;let sorted=bits.toSorted((a,b)=>a-b),low=sorted[Math.floor(sorted.length*
.05)],high=sorted[Math.ceil(sorted.length*.95)-1],cut=bits.map(count=>Math.min(high,Math.max(low,count))),
mean2=cut.reduce((sum2,count)=>sum2+count,0)/cut.length,sum=0,furthest=0,place=0;if(cut.forEach((count,i)=>{
sum+=count-mean2,!(i+1<SIDE_MIN||i+1>cut.length-SIDE_MIN||Math.abs(sum)<=furthest)&&([furthest,place]=
[Math.abs(sum),i+1])}),furthest===0)return;let before2=median(bits.slice(0,place)),after=median(bits.
slice(place)),near=[median(bits.slice(Math.max(0,place-NEAR),place)),median(bits.slice(place,place+NEAR))];
return Math.abs(after-before2)>=least&&ratio(before2,after)>=RATIO_MIN&&ratio(...near)>=RATIO_NEAR_MIN&&
near[1]>near[0]==after>before2?{place,before:before2,after}:void 0}function ratio(a,b){return Math.max(
a,b)/Math.max(1,Math.min(a,b))}function lastingChanges(series,total){return[...series].flatMap(([key,
bits])=>{let change2=lastingChange(bits,SHARE_MIN*total);return change2===void 0?[]:[{key,...change2}]}).
sort((a,b)=>ratio(b.before,b.after)-ratio(a.before,a.after))}var PARTS={ip:"IP headers",udp:"UDP headers",pieces:"headers of pieces above the MTU",packet:"packet\\
 headers",entity:"entity ids and kinds",mask:"masks",tables:"enum tables, at a join"};function partLists(moments){
return moments.map(({parts:parts2,restBits})=>({items:parts2,restBits}))}function entityLists(moments){
return moments.map(({entities})=>({items:entities,restBits:0}))}function entityListsAtMost(moments){
return moments.map(({entities,entityCount})=>({items:entities,restBits:0,unlistedBits:entityCount===
void 0||entityCount>entities.length?entities[Math.ceil(entities.length/2)-1]?.bits??0:0}))}function entityKey({
id,kind}){return JSON.stringify([kind,id])}function entityName({id,kind}){return visibleText([kind,id===
""?'""':String(id)].filter(word=>word!=="").join(" "))}function partName({field,kind,part}){return part===
"field"?visibleText(\`\${kind}.\${field}\`):PARTS[part]??visibleText(part)}var PARTS_MAX=6,ENTITIES_MAX=3,KEYS_MAX=100,TABLES=partName({part:"tables"}),found=new WeakMap;function changeButtons(run){
if(run.moments===void 0)return[];found.has(run)||found.set(run,changesOf(run.moments.seconds));let{parts:parts2,
entities}=found.get(run),shown=[...parts2.slice(0,PARTS_MAX),...entities.slice(0,ENTITIES_MAX)];if(shown.
length===0)return[];let more=parts2.length+entities.length-shown.length;return[element("span","worst\\
-by","lasting changes ",...shown.map(change2=>changeButton(change2,run)),...more>0?[element("span","\\
hint",\`and \${more} smaller\`)]:[])]}function changeButton({name,second,text:text3,title},run){let button2=element(
"button","",name,element("small","",\` \${text3} from \${second} s\`));return button2.type="button",button2.
dataset.does=\`change of \${name}\`,button2.title=title,button2.addEventListener("click",()=>choose(secondAt(
second+step/2),run)),button2}function changesOf(moments){let totals=moments.map(({parts:parts2,restBits})=>parts2.
reduce((sum,{bits})=>sum+bits,restBits)),total=median(totals)??0,listOf=(lists,keyOf2,nameOf)=>{let all=bitsByKey(
lists,keyOf2,steadyKeys(lists,keyOf2,KEYS_MAX)),names2=new Map(lists.flatMap(({items})=>items.map(item=>[
keyOf2(item),nameOf(item)]))),series=new Map([...all].map(([key,{bits}])=>[key,bits]));return lastingChanges(
series,total).map(({after,before:before2,key,place})=>({name:names2.get(key),second:moments[place].second,
text:changeText2(before2,after,all.get(key).isListed,place),title:\`\${bytesText(before2)} a second be\\
fore, \${bytesText(after)} after, to all consumers\`}))};return{parts:listOf(partLists(moments),partName,
partName).filter(({name})=>name!==TABLES),entities:listOf(entityListsAtMost(moments),entityKey,entityName)}}
function changeText2(before2,after,isListed,place){let isKnown=[isListed.slice(0,place),isListed.slice(
place)].map(isMostly);return isKnown[0]?isKnown[1]?before2<1?\`to \${bytesText(after)}\`:\`×\${numberText(
Number((after/before2).toPrecision(2)))}\`:\`down from \${bytesText(before2)}\`:\`to \${bytesText(after)}\`}var MEASURES2=[{key:"bytes",name:"bandwidth of a consumer",isRanked:!0,value:({kbps})=>kbps,text:kbps=>\`\${numberText(
kbps,1)} kbps\`},{key:"age",name:"oldest state",isRanked:!0,value:({stateAgeMs})=>stateAgeMs?.max,text:ms=>\`\${numberText(
ms,1)} ms\`},{key:"median age",name:"state age, median",value:({stateAgeMs})=>stateAgeMs?.p50,text:ms=>\`\${numberText(
ms,1)} ms\`},{key:"error",name:"largest error of a position",isRanked:!0,value:({drawnError})=>drawnError?.
max,text:unitsText},{key:"mean error",name:"mean error of positions",value:({drawnError})=>drawnError?.
mean,text:unitsText},{key:"frozen",name:"frozen part of the time",isRanked:!0,value:({frozenShare})=>frozenShare,
text:percentText},{key:"keyframes",name:"keyframes",isRanked:!0,value:({keyframes})=>keyframes,text:count=>numberText(
count)},{key:"losses",name:"lost packets",isRanked:!0,value:({losses})=>losses,text:count=>numberText(
count)},{key:"wrong",name:"wrong fields",isRanked:!0,value:({wrongFields})=>wrongFields,text:count=>numberText(
count)}];function unitsText(units){return Math.abs(units)<1?numberText(Number(units.toPrecision(3)),
9):numberText(units)}function rankedMeasures(run){let isAbove=({value})=>pointsOf(run).some(point2=>value(
point2)>0);return MEASURES2.filter(measure2=>measure2.isRanked&&isAbove(measure2))}function worstSeconds(run,{
value}){return pointsOf(run).filter(point2=>value(point2)>0).sort((a,b)=>value(b)-value(a)).map(({second})=>second)}var HEADER_PARTS={baselineDistance:"frames back to the baseline",schemaHash:"hash of the schema",tables:"\\
texts of all enums"};function headerPartText({part,value}){let name=HEADER_PARTS[part]??part;return value===
void 0?name:\`\${name}: \${value}\`}function againText({frame,outcome}){return outcome==="lost"?\`sent ag\\
ain: lost with frame \${frame}\`:outcome==="late"?\`sent again: frame \${frame} came late\`:\`sent again: \\
no ack told of frame \${frame}\`}var TEXT_MAX=200,RECORDS_SHOWN=12,REASONS={"no-ack":"no ack had come since the consumer joined",evicted:"\\
what the consumer had acked was no longer in the history",reset:"the consumer came back, and no ack \\
has come since",interval:"one is due at regular intervals"},NACK_REASON="the first since the consume\\
r joined, or the one before it was lost";function packetTree(packet,run){let box3=element("div","pac\\
ket",element("p","",...sentencesOf(packet,run.figures.ack)));return packet.contents===void 0?box3.append(
...withoutContents(packet,run)):box3.append(treeOf(packet)),box3}function sentencesOf({baselineAgeFrames,
bits,consumer,form,frame,...packet},ack){let age=baselineAgeFrames===1?"1 frame":\`\${baselineAgeFrames}\\
 frames\`,against=form==="keyframe"?\`: \${reasonText(packet.keyframeReason,ack)}\`:form==="patch"?\`, go\\
ing on from \${age} before\`:\` against \${age} before\`,forms={partial:"partial delta"};return[element("\\
b","",\`frame \${frame}\`),\` at \${numberText(packet.timeMs)} ms to consumer \${consumer}: \`,element("b",
"",forms[form]??form),\`\${against}. \${bytesText(bits)} of payload, \${bytesText(packet.wireBits)} on t\\
he wire.\`]}function reasonText(reason2,ack){return reason2==="no-ack"&&ack==="nack"?NACK_REASON:REASONS[reason2]??
"the first one"}function withoutContents({consumer,frame},run){return[element("p","hint","What it co\\
nsists of is not on this page."),...packetCommand(run,frame,consumer)]}function packetCommand(run,frame,consumer){
let line=packetCommands?.runs[run.index];if(line===void 0||frame===void 0)return[];let command=\`\${line}\${packetCommands.
frame}\${frame}\${packetCommands.consumer}\${consumer}\`;return[element("p","hint",\`This takes apart the\\
 packet of frame \${frame} to consumer \${consumer}:\`),element("pre","command",visibleText(command))]}
function treeOf({bits,contents:{header,records,recordsLeftOut}}){let headerBits=header.reduce((sum,part)=>sum+
part.bits,0),parts2=header.map(part=>[visibleText(headerPartText(part),TEXT_MAX),part.bits]),tree=element(
"div","tree"),branches=records.map((record,i)=>{let details=branch(recordName(record),record.bits,bits,
recordTable(record));return details.open=i===0,details});tree.append(...branches.slice(0,RECORDS_SHOWN));
let rest=branches.slice(RECORDS_SHOWN);if(rest.length>0){let restBits=records.slice(RECORDS_SHOWN).reduce(
(sum,record)=>sum+record.bits,0),name=rest.length===1?"1 more record":\`\${rest.length} more records\`,
inner=element("div","tree",...rest),folded2=branch(name,restBits,bits,inner);folded2.lastChild.className=
"",tree.append(folded2)}if(recordsLeftOut.count>0){let text3=\`\${numberText(recordsLeftOut.count)} mo\\
re records, all cheaper\`;tree.append(element("p","leaf",text3,figures(recordsLeftOut.bits,bits)))}return tree.
append(branch("packet header",headerBits,bits,table(["part","bits"],parts2))),tree}function branch(name,part,whole2,content){
let bar=element("i","amount");bar.style.width=\`\${part/whole2*100}%\`;let summary=element("summary","",
element("span","name",name),element("span","track",bar),figures(part,whole2));return element("detail\\
s","",summary,element("div","scroll",content))}function figures(part,whole2){return element("span","\\
figures",\`\${numberText(part)} bits · \${percentText(part/whole2)}\`)}function recordName({id,kind,sentAgain,
type}){let words=[type,...kind===null?[]:[kind||'""'],id===""?'""':String(id)],again=sentAgain===void 0?
"":\`, \${againText(sentAgain)}\`;return visibleText(words.join(" "),TEXT_MAX)+again}function recordTable({
entityBits,fields,kindBits,maskBits}){let rows=fields.toSorted((a,b)=>b.bits-a.bits).map(field=>[visibleText(
field.field,TEXT_MAX),valueText(field.from),valueText(field.to)+remarkOf(field),field.bits]);return maskBits>
0&&rows.push([\`mask of \${fields.length===1?"1 field":\`\${fields.length} fields\`}\`,"","",maskBits]),rows.
push([kindBits===void 0?"id and type":"id, type and kind","","",entityBits]),table(["field","old","n\\
ew","bits"],rows)}function remarkOf({from,sentAgain,to}){return sentAgain!==void 0?\` (\${againText(sentAgain)}\\
)\`:from!==null&&Object.is(from,to)?" (as the far end has it)":""}function valueText(value){return value===
null?"–":typeof value=="string"?visibleText(JSON.stringify(value),TEXT_MAX):Object.is(value,-0)?"-\\
0":String(value)}function table(heads,rows){let isNumber=column=>heads[column]==="bits",cell2=(tag,text3,column)=>element(
tag,isNumber(column)?"number":"",typeof text3=="number"?numberText(text3):text3);return element("tab\\
le","fields",element("thead","",element("tr","",...heads.map((head,i)=>cell2("th",head,i)))),element(
"tbody","",...rows.map(row=>element("tr","",...row.map((text3,i)=>cell2("td",text3,i))))))}var SHOWN_MAX=10,LISTED_MAX=60;function eventList(second){let all=timedEvents(),here=eventsIn(second),
from=placeOf(all,second);return[...here.length===0?[element("p","hint","No event in this second.")]:
folded(here,event=>element("li","",...eventParts(event))),...elsewhere("event before",all[from-1]),...elsewhere(
"event after",all[from+here.length])]}function folded(all,itemOf){let items=all.slice(0,LISTED_MAX).
map(itemOf),nodes=[element("ul","events",...items.slice(0,SHOWN_MAX))],rest=items.slice(SHOWN_MAX),more=all.
length-items.length;if(rest.length>0){let left=more>0?[element("p","hint",\`and \${numberText(more)} m\\
ore that are not listed\`)]:[],summary=element("summary","",\`\${numberText(rest.length+more)} more\`);nodes.
push(element("details","",summary,element("ul","events",...rest),...left))}return nodes}function eventParts({
at,frame,label:label2,text:text3}){return[element("b","",label2),...text3===""?[]:[\` \${text3}\`],element(
"small","",\` \${numberText(at,2)} s · frame \${frame}\`)]}function elsewhere(what,event){if(event===void 0)
return[];let button2=element("button","link",\`\${what}: \`,...eventParts(event));return button2.type="\\
button",button2.addEventListener("click",()=>choose(secondAt(event.at))),[element("p","",button2)]}function shotList(second){
if(shots.byFrame)return frameList(second);let start=startMs(),at=shot=>(shot.timeMs-(start??0))/1e3,
here=start===void 0?[]:shots.shots.filter(shot=>at(shot)>=second&&at(shot)<second+step);return here.
length===0?[element("p","hint",\`No shot in \${secondText(second)}.\`)]:folded(here,shot=>{let link=element(
"a","",\`shot \${shot.index}\`);return link.href=linkTo(\`shot-\${shot.index}\`),element("li","",link,\` \${visibleText(
shot.text)}\`,element("small","",\` \${numberText(at(shot),2)} s · frame \${shot.frame}\`))})}function frameList(second){
let here=[...new Map(eventsIn(second).map(event=>[event.frame,event])).values()];return here.length===
0?[element("p","hint",\`No event in \${secondText(second)}.\`)]:[element("p","hint","The page of shots \\
was not there when this one was made."),...folded(here,({frame,label:label2})=>{let link=element("a",
"",\`frame \${frame}\`);return link.href=linkTo(\`frame-\${frame}\`),element("li","",link,\` \${label2}\`)})]}
function linkTo(place){let back=shots.from===void 0?"":\`&from=\${encodeURIComponent(shots.from)}\`;return\`\${shots.
href}#\${place}\${back}\`}var MUCH=1.5;function secondFigures(run,second,isBefore2){let point2=pointOf(run,second);if(point2===
void 0)return[element("p","hint","The run has no figures of this second.")];let points2=pointsOf(run),
place=points2.indexOf(point2),before2=points2.slice(Math.max(0,place-BEFORE),place),compared2=isBefore2&&
before2.length>0?before2:points2,rows=MEASURES2.filter(({value})=>value(point2)!==void 0).map(measure2=>{
let now=measure2.value(point2),values=compared2.map(measure2.value).filter(value=>value!==void 0),usual=compared2===
points2?median(values):mean(values),row=element("tr",now>MUCH*usual?"much":"",element("th","",measure2.
name),element("td","number",measure2.text(now)),element("td","number",measure2.text(usual)),element(
"td","number",measure2.text(now)===measure2.text(usual)?"":ratioText(now,usual)));return row.firstChild.
scope="row",row}),head=element("tr","",...["","this second",compared2===points2?"usual second":"befo\\
re",""].map((text3,i)=>element("th",i>0?"number":"",text3)));return[element("table","second-figures",
element("thead","",head),element("tbody","",...rows))]}function mean(values){return values.reduce((sum,value)=>sum+
value,0)/Math.max(1,values.length)}function ratioText(now,usual){let ratio2=Number((now/usual).toPrecision(
2));return usual===0||now===0||ratio2===1?"":\`×\${numberText(ratio2)}\`}var WHAT_BARS="Bytes to all consumers, what is most above the usual first; the mark is the usual.",QUIET={
"no frame recorded":"No frame was recorded in this second: it lies in a hole of the recording, and n\\
othing was sent.","nothing sent":"Nothing was sent in this second."},LINES="The line is the whole re\\
cording.";function secondBody(run,second,isBefore2){let list=run.moments?.seconds??[],place=list.findIndex(
moment2=>moment2.second===second),moment=list[place],left=block("Figures",secondFigures(run,second,isBefore2)),
quiet=quietText(run,second),right=[];quiet!==void 0?left.push(...block("Where its bytes went",[element(
"p","hint",QUIET[quiet])])):moment===void 0?left.push(...notKept(run,second,list)):(left.push(...partsBlock(
list,place,isBefore2)),right.push(...entitiesBlock(list,place,isBefore2))),events!==void 0&&events.events.
length>0&&right.push(...block("Recorded events",eventList(second))),shots!==void 0&&(shots.byFrame||
shots.shots.length>0)&&right.push(...block("Shots",shotList(second)));let largest=moment?.largest??null;
return[element("div","",...left),...right.length===0?[]:[element("div","",...right)],...largest===null?
[]:[element("div","whole",...block("Largest packet",[packetTree(largest,run)]))]]}function block(title,nodes){
return[element("h3","",title),...nodes]}function secondsOf(list,place){return[list.map(({second})=>second),
list[place].second]}function notKept(run,second,list){let buttons=[list.findLast(moment=>moment.second<
second),list.find(moment=>moment.second>second)].filter(moment=>moment!==void 0).map(moment=>{let button2=element(
"button","link",\`second \${moment.second}\`);return button2.type="button",button2.addEventListener("cl\\
ick",()=>choose(moment.second,run)),button2}),what=element("p","hint","What this second was made of \\
is not on this page.");return buttons.length>0&&what.append(" The nearest that it has: ",buttons[0]),
buttons.length>1&&what.append(" and ",buttons[1]),[what,...packetCommand(run,pointOf(run,second)?.frame,
0)]}function usualName(isBefore2){return isBefore2?\`mean of the \${BEFORE} seconds before\`:"usually"}
function partsBlock(list,place,isBefore2){let rows=excessOf(partLists(list),partName,place,isBefore2),
rest=list[place].restBits,more=\`and \${bytesText(rest)} of parts that each took less than these\`;return block(
"Where its bytes went",[element("p","hint",\`\${WHAT_BARS} \${LINES}\`),excessBars(rows,partName,...secondsOf(
list,place),usualName(isBefore2)),...rest>0?[element("p","hint",more)]:[]])}function entitiesBlock(list,place,isBefore2){
let rows=excessOf(entityLists(list),entityKey,place,isBefore2);return rows.length===0?block("Dearest\\
 entities",[element("p","hint","None was sent.")]):block("Dearest entities",[element("p","hint",\`Byt\\
es of their records to all consumers, likewise. \${LINES.slice(0,-1)}, at the bottom where it is not \\
among the dearest.\`),excessBars(rows,entityName,...secondsOf(list,place),usualName(isBefore2))])}var isBefore=!1,remark="",asked;function drawSecond(){let box3=document.getElementById("second");if(box3===
null||seconds.length===0||runs.length===0)return;let head=element("div","second-head"),body=element(
"div","second-body"),title=box3.querySelector("h2"),wrong=element("p","address-remark");wrong.setAttribute(
"role","status"),box3.append(wrong,head,body);let render3=()=>{let{second}=chosen,run=chosen.run??runs[0];
if(second===void 0)return body.replaceChildren();title.textContent=titleOf(run,second);let focused=head.
contains(document.activeElement)?document.activeElement.dataset.does:void 0;head.replaceChildren(...headOf(
run,second,render3)),body.replaceChildren(...secondBody(run,second,isBefore)),focused!==void 0&&head.
querySelector(\`[data-does="\${CSS.escape(focused)}"]\`)?.focus(),wrong.textContent="",[remark,asked]=[
"",remark===""?void 0:asked]};onChoose(render3);let isOpened=listenToSecondHash(said3=>wrong.textContent=
said3),said2=wrong.textContent;isOpened||chooseFirst(),wrong.textContent=said2,(isOpened||said2!=="")&&
writeSecondHash(),keepSecondHash()}function chooseFirst(){let run=shownRuns()[0]??runs[0],[measure2]=rankedMeasures(
run),ranked=measure2===void 0?seconds:worstSeconds(run,measure2),isFirst=ranked[0]===seconds[0]&&ranked.
length>1;remark=isFirst?"most bytes after the first second":"most bytes of all",choose(ranked[isFirst?
1:0],run)}function framesText(run,second){let frame=pointOf(run,second)?.frame;if(frame===void 0)return"";
let quiet=quietText(run,second);if(quiet!==void 0)return quiet;let next=run.figures.series.find(point2=>point2.
second>second);if(next===void 0)return\`from frame \${frame} to the last\`;let last=next.kbps===0?next.
frame:next.frame-1;return last<frame?\`from frame \${frame}\`:last===frame?\`frame \${frame}\`:\`frames \${frame}\\
 to \${last}\`}function titleOf(run,second){let[which]=secondText(second).split(" · "),frames=framesText(
run,second);return\`\${which[0].toUpperCase()}\${which.slice(1)}\${frames&&\` · \${frames}\`} · \${run.name}\`}
function headOf(run,second,render3){let place=seconds.indexOf(second),go=element("span","go",button(
"◂","second before",()=>choose(seconds[place-1],run),place<=0),button("▸","second after",()=>choose(
seconds[place+1],run),place>=seconds.length-1)),choices=[...shownRuns(),...runs.filter(({isShown})=>!isShown)],
runChoice=select("run",choices.map(other=>[String(runs.indexOf(other)),other.name,other===run]),value=>choose(
second,runs[Number(value)])),baseChoice=select("compared with",[["all","a usual second (median)",!isBefore],
["before",\`the \${BEFORE} seconds before\`,isBefore]],value=>{isBefore=value==="before",render3()});return[
go,runChoice,baseChoice,worstButtons(run,second),...changeButtons(run)]}function worstButtons(run,second){
let buttons=rankedMeasures(run).map(measure2=>{let ranked=worstSeconds(run,measure2),made=button(measure2.
key,\`worst second by \${measure2.key}\`,()=>{let next=asked?.key===measure2.key?(asked.rank+1)%ranked.
length:0;asked={key:measure2.key,rank:next},remark=\`\${ordinal(next)} by \${measure2.key} of \${ranked.
length===1?"1 second":\`\${ranked.length} seconds\`}\`,choose(ranked[next],run)});return ranked[0]===second&&
made.classList.add("is-worst"),made}),said2=element("output","hint",remark);return element("span","w\\
orst-by","worst second by ",...buttons,said2)}function ordinal(rank){return rank===0?"the worst":\`nu\\
mber \${rank+1}\`}function button(text3,name,act,isDisabled=!1){let made=element("button","",text3);return made.
type="button",made.disabled=isDisabled,made.dataset.does=name,made.setAttribute("aria-label",name),made.
addEventListener("click",act),made}function select(name,options,act){let list=element("select","");return list.
append(...options.map(([value,text3,isSelected])=>new Option(text3,value,!1,isSelected))),list.dataset.
does=name,list.addEventListener("change",()=>act(list.value)),element("label","",\`\${name} \`,list)}var KEYS="arrows move the cursor, Enter looks into its second, plus and minus zoom, 0 shows all",CLICK_PIXELS=5,
said=element("p","said");said.setAttribute("aria-live","polite");var placers=new Map;function overTime(plot,tell2,meant=time=>time){
let mark=element("i","chosen-second"),hair=element("i","time-cursor"),selected=element("i","time-sel\\
ected");plot.classList.add("over-time-plot"),plot.append(mark,hair,selected);let place=()=>{put(mark,
chosen.second),put(hair,cursor.second)};placers.set(plot,place),place(),listenToPointer(plot,selected,
tell2,meant)}document.addEventListener("scroll",hideScrolledTooltip,{passive:!0});document.addEventListener(
"pointerdown",({target})=>{target.closest?.(".over-time-plot")===null&&hideTooltip()});function placeAll(){
for(let[plot,place]of placers)plot.isConnected?place():placers.delete(plot)}onZoom(placeAll);onCursor(
placeAll);onChoose(placeAll);function put(strip,second){if(strip.hidden=second===void 0||second+step<=
view2.min||second>=view2.max,strip.hidden)return;let length=view2.max-view2.min;strip.style.left=\`\${(second-
view2.min)/length*100}%\`,strip.style.width=\`\${step/length*100}%\`}function timeUnder(plot,clientX){let{
left,width}=plot.getBoundingClientRect();return view2.min+Math.max(0,Math.min(1,(clientX-left)/width))*
(view2.max-view2.min)}function listenToPointer(plot,selected,tell2,meant){let start,secondMeant=time=>secondAt(
meant(time,plot.getBoundingClientRect().width/(view2.max-view2.min))),isDrag=event=>Math.abs(event.clientX-
start.clientX)>CLICK_PIXELS,end=()=>{start=void 0,selected.hidden=!0};end(),plot.addEventListener("p\\
ointerdown",event=>{event.button===0&&(start={clientX:event.clientX,time:timeUnder(plot,event.clientX)},
plot.setPointerCapture(event.pointerId))}),plot.addEventListener("pointermove",event=>{let time=timeUnder(
plot,event.clientX),second=secondMeant(time);if(moveCursor(second),second!==void 0&&tell2(second,event.
clientX,event.clientY),selected.hidden=start===void 0||!isDrag(event),selected.hidden)return;let length=view2.
max-view2.min;selected.style.left=\`\${(Math.min(time,start.time)-view2.min)/length*100}%\`,selected.style.
width=\`\${Math.abs(time-start.time)/length*100}%\`}),plot.addEventListener("pointerup",event=>{if(start===
void 0)return;let time=timeUnder(plot,event.clientX);if(isDrag(event))zoomTo(Math.min(time,start.time),
Math.max(time,start.time));else{let second=secondMeant(time);choose(second,tell2(second,event.clientX,
event.clientY)?.run)}end()}),plot.addEventListener("pointercancel",end),plot.addEventListener("point\\
erleave",({pointerType})=>{moveCursor(void 0),pointerType!=="touch"&&hideTooltip()}),plot.addEventListener(
"dblclick",()=>zoomTo(whole.min,whole.max))}function keysOverTime(host,plotOf,tell2){said.isConnected||
document.body.append(said),host.tabIndex=0,host.setAttribute("role","group");let go=points2=>{let second=stepCursor(
points2,chosen.second),{left,top,width,height}=plotOf().getBoundingClientRect(),x=left+(second+step/
2-view2.min)/(view2.max-view2.min)*width;said.textContent=tell2(second,x,top+height/2)?.text??""},actions={
ArrowLeft:event=>go(event.shiftKey?-10:-1),ArrowRight:event=>go(event.shiftKey?10:1),Home:()=>go(-seconds.
length),End:()=>go(seconds.length),PageUp:()=>pan(-.5),PageDown:()=>pan(.5),Enter:()=>cursor.second!==
void 0&&choose(cursor.second),"+":()=>zoomBy(.5,cursor.second),"=":()=>zoomBy(.5,cursor.second),"-":()=>zoomBy(
2,cursor.second),0:()=>zoomTo(whole.min,whole.max)};host.addEventListener("keydown",event=>{if(event.
target!==host||event.ctrlKey||event.metaKey||event.altKey)return;let action=actions[event.key];action!==
void 0&&(event.preventDefault(),action(event))}),host.addEventListener("blur",()=>{moveCursor(void 0),
hideTooltip()})}var NAMES_MAX2=12,SHOWN_FIRST=6,LISTED_MAX2=8,LANE_HEIGHT=18,TICK=3,COUNT_ROOM=16,MISS=8;function drawEventLane(){
let box3=document.getElementById("event-lane");if(box3===null||events===void 0)return;let order2=namesInOrder(),
shown=new Set(order2.slice(0,SHOWN_FIRST)),lanes=element("div","strip-rows"),remark2=element("p","hi\\
nt"),draws=[],drawAll=()=>draws.forEach(draw3=>draw3()),tell2=(second,clientX,clientY)=>tellEvents(shown,
second,clientX,clientY),fill=()=>{draws.length=0;let rows=order2.filter(name=>shown.has(name)).map(name=>laneOf(
name,draws,tell2));lanes.hidden=rows.length===0,lanes.replaceChildren(...rows),drawAll()};remark2.textContent=
events.leftOut===0?"":\`\${numberText(events.leftOut)} more events were recorded that this page leaves\\
 out.\`,box3.append(nameButtons(order2,shown,fill),lanes,remark2),lanes.setAttribute("aria-label",\`Re\\
corded events over time: \${KEYS}\`),keysOverTime(lanes,()=>lanes.querySelector(".strip-plot")??lanes,
tell2),onZoom(drawAll),new ResizeObserver(drawAll).observe(box3),onColors(drawAll),onPaper(drawAll),
fill()}function namesInOrder(){return events.names.map(({count,name},index)=>({count,index,name})).sort(
(a,b)=>b.count-a.count||compareNames(a.name,b.name)).map(({index})=>index)}function nameButtons(order2,shown,onChange){
let buttons=order2.map(index=>{let{count}=events.names[index],button2=element("button","",eventName(
index),element("small","",\` \${count}\`));button2.type="button";let press=()=>button2.setAttribute("ar\\
ia-pressed",String(shown.has(index)));return button2.addEventListener("click",()=>{shown.delete(index)||
shown.add(index),press(),onChange()}),press(),button2}),group=element("div","event-names",...buttons.
slice(0,NAMES_MAX2));group.setAttribute("role","group"),group.setAttribute("aria-label","Names of ev\\
ents shown");let rest=buttons.slice(NAMES_MAX2);if(rest.length>0){let summary=element("summary","",\`\${rest.
length} more names\`);group.append(element("details","",summary,element("div","event-names",...rest)))}
return group}function laneOf(name,draws,tell2){let canvas=element("canvas","strip"),{count}=events.names[name];
canvas.setAttribute("role","img"),canvas.setAttribute("aria-label",\`\${eventName(name)}: \${count===1?
"1 event":\`\${numberText(count)} events\`}\`);let plot=element("div","strip-plot",canvas),seen=element(
"small",""),title=element("p","strip-name",element("b","",eventName(name)),seen),lane=element("div",
"strip-row",title,plot),times=timedEvents().filter(event=>event.name===name);return overTime(plot,tell2,
(time,scale)=>nearestTime(times,time,MISS/scale)),draws.push(()=>drawLane(times,lane,plot,canvas,seen)),
lane}function drawLane(times,lane,plot,canvas,seen){let{ctx,width}=clearLane(plot,lane,canvas,LANE_HEIGHT),
from=placeOf(times,view2.min),to=placeOf(times,view2.max);seen.textContent=\` \${numberText(to-from)} \\
of \${numberText(times.length)} in view\`;let ticks=ticksOf(times.slice(from,to),width),most=ticks.reduce(
(max,{count})=>Math.max(max,count),1);ctx.font="10.5px system-ui, sans-serif",ticks.forEach(({count,
x},i)=>{let height=7+(LANE_HEIGHT-7)*Math.sqrt((count-1)/most);ctx.fillStyle=color("--event");let left=Math.
max(0,Math.min(width-TICK+1,x-(TICK-1)/2));ctx.fillRect(left,LANE_HEIGHT-height,TICK-1,height);let hasRoom=(ticks[i+
1]?.x??1/0)-x>COUNT_ROOM&&x+COUNT_ROOM<width;count<2||!hasRoom||(ctx.fillStyle=color("--soft"),ctx.fillText(
String(count),x+TICK+1,LANE_HEIGHT-5))})}function ticksOf(times,width){let ticks=[];for(let{at}of times){
let x=(at-view2.min)/(view2.max-view2.min)*width,last=ticks.at(-1);last!==void 0&&x-last.x<TICK?last.
count++:ticks.push({x,count:1})}return ticks}function nearestTime(times,time,missMax){let place=placeOf(
times,time),[nearest]=[times[place-1],times[place]].filter(event=>event!==void 0&&Math.abs(event.at-
time)<=missMax).sort((a,b)=>Math.abs(a.at-time)-Math.abs(b.at-time));return nearest?.at??time}function tellEvents(shown,second,clientX,clientY){
let here=eventsIn(second).filter(({name})=>shown.has(name));if(here.length===0)return hideTooltip(),
{text:\`\${secondText(second)}; no event\`};let rows=here.slice(0,LISTED_MAX2).map(({at,label:label2,text:text3})=>({
name:[label2,text3].filter(part=>part!=="").join(" · "),value:\`\${numberText(at,2)} s\`})),more=here.
length-rows.length,notes=more>0?[\`and \${numberText(more)} more\`]:[];showTooltip(clientX,clientY,secondText(
second),rows,notes);let said2=rows.map(({name,value})=>\`\${value} \${name}\`);return{text:[secondText(second),
...said2,...notes].join("; ")}}var ROWS_MAX3=12,FREEZES_MAX=10,ROW_HEIGHT=18,HEIGHT_MIN=.2,DEPTH=.5;function drawFreezeStrip(){let box3=document.
getElementById("freeze-strip");if(box3===null)return;let rows=element("div","strip-rows"),remark2=element(
"p","hint"),list=element("div","freezes");box3.append(rows,remark2,list);let draws=[],told=[];rows.setAttribute(
"aria-label",\`Freezes over time: \${KEYS}\`),keysOverTime(rows,()=>rows.querySelector(".strip-plot")??
rows,(second,clientX,clientY)=>tell(told,second,clientX,clientY));let drawAll=()=>draws.forEach(draw3=>draw3()),
fill=()=>{draws.length=0;let frozen=shownRuns().map(run=>({run,time:frozenSeconds(run)})).filter(({time})=>time>
0).sort((a,b)=>b.time-a.time);told=frozen.slice(0,ROWS_MAX3).map(({run})=>run),rows.hidden=told.length===
0,rows.replaceChildren(...frozen.slice(0,ROWS_MAX3).map(row=>rowOf(row,draws))),remark2.textContent=
remarkOf2(frozen),list.replaceChildren(...longestFreezes()),drawAll()};onToggle(fill),onZoom(drawAll),
new ResizeObserver(drawAll).observe(box3),onColors(drawAll),onPaper(drawAll),fill()}function frozenSeconds(run){
return pointsOf(run).reduce((sum,{frozenShare=0})=>sum+frozenShare*step,0)}function remarkOf2(frozen){
let count=shownRuns().length,none=count-frozen.length;if(frozen.length===0)return count===0?NO_RUN:"\\
No freeze in the runs shown.";let parts2=[];if(frozen.length>ROWS_MAX3){let left=frozen.length-ROWS_MAX3;
parts2.push(\`The \${ROWS_MAX3} runs that stood still longest; \${left} more \${left===1?"has":"have"} f\\
reezes.\`)}return none>0&&parts2.push(\`\${none} of the runs shown \${none===1?"has":"have"} no freeze.\`),
parts2.join(" ")}function rowOf({run},draws){let canvas=element("canvas","strip"),share=run.figures.
freezes?.share??0;canvas.setAttribute("role","img");let name=\`\${run.name}: frozen for \${percentText(
share)} of the time\`;canvas.setAttribute("aria-label",name);let plot=element("div","strip-plot",canvas),
title=element("p","strip-name",swatch(run),\`\${run.name} \`);title.append(element("small","",\`frozen \${percentText(
share)} of the time\`));let row=element("div","strip-row",title,plot);return overTime(plot,(second,clientX,clientY)=>tell(
[run],second,clientX,clientY)),draws.push(()=>drawRow(run,row,plot,canvas)),row}function tell(frozen,second,clientX,clientY){
let rows=frozen.flatMap(run=>{let share=pointOf(run,second)?.frozenShare;return share===void 0?[]:[{
run,name:run.name,value:\`frozen \${percentText(share)} of the time\`}]});if(rows.length===0)return hideTooltip();
showTooltip(clientX,clientY,secondText(second),rows,eventNotes(second));let said2=rows.slice(0,3).map(
({name,value})=>\`\${name}: \${value}\`);return{text:[secondText(second),...said2].join("; "),run:rows.length===
1?rows[0].run:void 0}}function drawRow(run,row,plot,canvas){let{ctx,width}=clearLane(plot,row,canvas,
ROW_HEIGHT),scale=width/(view2.max-view2.min);for(let{second,frozenShare=0}of pointsOf(run)){if(frozenShare===
0||second+step<view2.min||second>view2.max)continue;let height=ROW_HEIGHT*Math.max(HEIGHT_MIN,Math.min(
1,frozenShare)),bar=[(second-view2.min)*scale,ROW_HEIGHT-height,Math.max(1.5,step*scale-.5),height];
ctx.globalAlpha=1,ctx.fillStyle=runColor(run),ctx.fillRect(...bar),ctx.globalAlpha=DEPTH*Math.min(1,
frozenShare),ctx.fillStyle=color("--ink"),ctx.fillRect(...bar)}}function longestFreezes(){let all=shownRuns().
flatMap(run=>(run.moments?.freezes??[]).map(freeze=>({...freeze,run})));if(all.length===0)return[];let longest=all.
sort((a,b)=>b.toMs-b.fromMs-(a.toMs-a.fromMs)).slice(0,FREEZES_MAX),title=all.length>longest.length?
"Longest freezes":"Each freeze";return[element("h4","",title),element("ul","",...longest.map(freezeItem))]}
function freezeItem({consumer,fromMs,run,toMs}){let at=(fromMs-run.moments.startMs)/1e3,button2=element(
"button","",element("b","",\`\${numberText(toMs-fromMs,0)} ms\`),\` from second \${numberText(at,1)}\`,element(
"small","",\` consumer \${consumer} · \`,swatch(run),run.name));return button2.type="button",button2.addEventListener(
"click",()=>choose(secondAt(at),run)),element("li","",button2)}var ACTIONS={in:()=>zoomBy(.5,isInView()?chosen.second:void 0),out:()=>zoomBy(2),earlier:()=>pan(-.5),
later:()=>pan(.5),all:()=>zoomTo(whole.min,whole.max)};function listenToTimeBar(){let bar=document.getElementById(
"time-bar");if(bar===null)return;for(let button2 of bar.querySelectorAll("[data-zoom]"))button2.addEventListener(
"click",()=>ACTIONS[button2.dataset.zoom]());let range=bar.querySelector("output"),link=bar.querySelector(
"a");link.addEventListener("click",event=>{event.preventDefault(),jumpToPanel()});let tell2=()=>{let[
from,to]=[view2.min,view2.max].map(time=>numberText(time,1)),isAll=view2.min===whole.min&&view2.max===
whole.max;range.textContent=\`seconds \${from} to \${to}\`;for(let button2 of bar.querySelectorAll("[dat\\
a-zoom]")){let{zoom}=button2.dataset;button2.disabled=isAll&&zoom!=="in"||zoom==="earlier"&&view2.min===
whole.min||zoom==="later"&&view2.max===whole.max}link.hidden=chosen.second===void 0,link.hidden||(link.
textContent=\`\${secondText(chosen.second).split(" · ")[0]} ↓\`)};onZoom(tell2),onChoose(tell2),tell2()}
function isInView(){return chosen.second!==void 0&&chosen.second>=view2.min&&chosen.second<=view2.max}function drawTimeCharts(){for(let[name,chart]of Object.entries(CHARTS)){let box3=document.querySelector(
\`[data-chart="\${name}"]\`);box3!==null&&seconds.length>0&&draw2(box3,chart)}}var FROM_ZERO={range:(_,__,max)=>[
0,Math.max(1,max??1)*1.08]},FROM_ZERO_FINE={range:(_,__,max)=>[0,max>0?max*1.08:1]},POWERS=[0,1,2,5,
10,20,50,...Array.from({length:8},(_,i)=>10**(i+2))],FINE_POWERS=10,POWERS_HIGH=50,STEPS=[1,2,5,10,20,
30,60,120,300,600,1200,1800,3600,7200,14400,36e3],STEPS_LONG=[86400,604800,6048e3,31536e3,31536e4],CHARTS={
age:{y:({stateAgeMs})=>stateAgeMs?.p50,thin:({stateAgeMs})=>stateAgeMs?.max,unit:"ms",text:({stateAgeMs})=>\`\\
median \${numberText(stateAgeMs.p50,1)} ms, oldest \${numberText(stateAgeMs.max,1)} ms\`},error:{y:({drawnError})=>drawnError?.
mean,thin:({drawnError})=>drawnError?.max,unit:"game units",yScale:FROM_ZERO_FINE,text:({drawnError})=>\`\\
mean \${numberText(drawnError.mean)}, largest \${numberText(drawnError.max)}\`},kbps:{y:({kbps})=>kbps,
unit:"kbps",text:({kbps})=>\`\${numberText(kbps)} kbps\`},keyframes:{y:({keyframes},length)=>keyframes/
length,unit:"keyframes a second",yScale:{distr:4,asinh:1,range:(_,__,max)=>[0,Math.max(1,max??1)*1.2]},
ySplits:(_,__,___,max)=>POWERS.filter(power=>power<=max&&(power!==1||max<POWERS_HIGH)&&(max<FINE_POWERS||
/^(?:0|10*)$/.test(String(power)))),text:({keyframes})=>\`\${numberText(keyframes)} keyframes\`},losses:{
y:({losses},length)=>losses/length,unit:"packets a second",text:({losses})=>\`\${numberText(losses)} l\\
ost packets\`},wrong:{y:({wrongFields},length)=>wrongFields/length,unit:"wrong fields a second",text:({
wrongFields})=>\`\${numberText(wrongFields)} wrong fields\`}};function draw2(box3,{thin,text:text3,unit,
y,...scales}){let slots=slotsOf(seconds),linesOf=valueOf2=>runs.map(run=>slots.map(({second})=>{let point2=pointOf(
run,second);return point2===void 0?null:valueOf2(point2,lengthOf(run,point2))??null})),ys=linesOf(y),
thins=thin&&linesOf(thin),afterHole=slots.map(({second})=>second!==void 0&&runs.some(run=>isAfterHole(
run,second))),title=box3.parentElement.querySelector("h3").firstChild.textContent.trim(),label2=()=>{
let count=shownRuns().length,[from,to]=[view2.min,view2.max].map(time=>numberText(time,1));return\`\${title}\\
 (\${unit}), \${count===1?"1 run":\`\${count} runs\`}, seconds \${from} to \${to}\`},{u,name,thinly}=plotLines(
box3,{yScale:FROM_ZERO,...scales,...thin&&afterHole.includes(!0)&&{yScale:withoutHoles(scales.yScale??
FROM_ZERO,afterHole)},xs:slots.map(({x})=>x),ys,...thin&&{thin:thins,onDraw:made=>tellCut(made,afterHole)},
unit,label:label2,isOwnCursor:!0,ySpace:18,xScale:{range:()=>[view2.min,view2.max]},xIncrements:[...STEPS,
...STEPS_LONG],xText:time=>\`\${numberText(time)} s\`});thin&&listenToThin(box3.parentElement.querySelector(
"[data-thin]"),thinly),box3.setAttribute("aria-label",\`\${title} over time: \${KEYS}\`);let tell2=(second,clientX,clientY)=>{
let i=slots.findIndex(slot=>slot.second===second),corner=u.over.getBoundingClientRect();u.setCursor(
{left:u.valToPos(second+step/2,"x"),top:clientY-corner.top});let rows=chartRows(u,i,(_,run)=>text3(pointOf(
run,second)),clientY-corner.top),heading=secondText(second);if(rows.length===0)return hideTooltip();
showTooltip(clientX,clientY,heading,rows,eventNotes(second));let said2=rows.slice(0,3).map(row=>\`\${row.
name}: \${row.value}\`);return{text:[heading,...said2].join("; "),run:rows.find(row=>row.isFocused)?.run}};
overTime(u.over,tell2),keysOverTime(box3,()=>u.over,tell2),onCursor(()=>{let isHere=u.over.matches("\\
:hover")||box3===document.activeElement;cursor.second===void 0?u.setCursor({left:-10,top:-10}):isHere||
u.setCursor({left:u.valToPos(cursor.second+step/2,"x"),top:-10})}),onZoom(()=>{u.setScale("x",{min:view2.
min,max:view2.max}),name()})}function withoutHoles({range},afterHole){return{range:(u,min,max)=>{let[
,most]=extremes(u,i=>!afterHole[i]);return range(u,min,most>0?most:max)}}}function extremes(u,isMeant){
let most=0,place,xs=u.data[0];for(let line=1;line<u.data.length;line++)if(u.series[line].show!==!1)for(let i=0;i<
xs.length;i++)xs[i]<view2.min||xs[i]>view2.max||!isMeant(i)||(u.data[line][i]??0)>most&&([most,place]=
[u.data[line][i],i]);return[place,most]}function tellCut(u,afterHole){let freeFrom=-1/0;afterHole.forEach(
(isAfter,i)=>{if(!isAfter)return;let[place,most]=extremes(u,other=>other===i);if(place===void 0||most<=
u.scales.y.max)return;let{ctx,bbox}=u,text3=\`after a hole: \${numberText(most,0)} ↑\`;ctx.save(),ctx.
font=\`\${12*devicePixelRatio}px system-ui, sans-serif\`;let width=ctx.measureText(text3).width,beside=6*
devicePixelRatio,x=u.valToPos(u.data[0][i],"x",!0),left=x+beside+width>bbox.left+bbox.width?x-beside-
width:x+beside;left>=freeFrom&&(ctx.fillStyle=color("--soft"),ctx.textBaseline="top",ctx.fillText(text3,
left,bbox.top+2*devicePixelRatio),freeFrom=left+width+beside),ctx.restore()})}function slotsOf(all){
return all.flatMap((second,i)=>{let slot={second,x:second+step/2};return i>0&&second-all[i-1]>1.5*step?
[{second:void 0,x:all[i-1]+1.5*step},slot]:[slot]})}function listenToThin(button2,thinly){let press=isShown=>button2.
setAttribute("aria-pressed",String(isShown));button2.addEventListener("click",()=>press(thinly(!thinly()))),
onToggle(()=>press(thinly())),press(thinly())}async function main(){await readReport(),listenToRuns(),listenToTables(),listenToRunsView(),listenToFindings(),
listenToFigures(),listenToCopies(),offerJson(),readTimeAxis(),drawTimeCharts(),drawFreezeStrip(),drawEventLane(),
listenToTimeBar(),drawSecond(),drawShapeCharts(),drawFieldBars(),drawHealRanges(),document.documentElement.
dataset.ready="true"}function tellFailure(error){let notice=element("p","notice",\`The charts could n\\
ot be drawn; the tables of runs and findings stand. A newer browser may draw them. It says: \${error.
message}\`);notice.setAttribute("role","alert"),document.querySelector("main").prepend(notice)}main().
catch(tellFailure);})();
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
.scroll *{font-size:8px!important;line-height:1.3}}:root{--grid: #e9edf0;--best: #0a7a4f;--worst: #c2361b;--worst-back: #fce9e4;--edge: #7f8a95;--run-0:
#1f66d1;--run-1: #d9540b;--run-2: #07876a;--run-3: #a12ca6;--run-4: #a47a00;--run-5: #c41f5b;--run-6:
#0c7fa3;--run-7: #66717d}@media screen and (prefers-color-scheme:dark){:root{--grid: #20262d;--best:
#55d39a;--worst: #ff8a70;--worst-back: #3a1a14;--edge: #6e7a86;--run-0: #69a7ff;--run-1: #ff9350;--run-2:
#3ad0a4;--run-3: #dd7ee0;--run-4: #e6bd42;--run-5: #ff7aa5;--run-6: #4fc7e8;--run-7: #a5b0bb}}[data-color=ink]{
--color: var(--ink)}[data-color="0"]{--color: var(--run-0)}[data-color="1"]{--color: var(--run-1)}[data-color="\\
2"]{--color: var(--run-2)}[data-color="3"]{--color: var(--run-3)}[data-color="4"]{--color: var(--run-4)}
[data-color="5"]{--color: var(--run-5)}[data-color="6"]{--color: var(--run-6)}[data-color="7"]{--color:
var(--run-7)}:root{--part-0: #2f6db3;--part-1: #d37a28;--part-2: #2f7d43;--part-3: #d8716c;--part-4: #1f7a80;--part-5:
#b08c2a;--part-6: #7d4f95;--part-7: #d9768a;--part-8: #7a5a3f;--part-9: #7b8fd6;--part-10: #66752a;--part-rest:
#7f8a95;--part-mask: #5c6670;--part-entity: #8a939b;--part-packet: #4b545d;--part-tables: #8b8498;--part-pieces:
#6e655a;--part-ip: #948b7e;--ink-on-part: #0b0e11;--ink-on-deep-part: #ffffff}@media screen and (prefers-color-scheme:dark){
:root{--part-0: #5f95d4;--part-1: #e0964a;--part-2: #5fa86c;--part-3: #de7f7a;--part-4: #4fa9ae;--part-5:
#cfb04a;--part-6: #b58acb;--part-7: #e895a0;--part-8: #ab8a6e;--part-9: #8fa3e6;--part-10: #9fae5d;--part-rest:
#8b96a1;--part-mask: #78828d;--part-entity: #a2abb4;--part-packet: #798590;--part-tables: #b5bcc4;--part-pieces:
#8f8578;--part-ip: #b0a698;--ink-on-deep-part: #0b0e11}}[data-part]{--part-ink: var(--ink-on-part)}[data-part="\\
0"],[data-part="2"],[data-part="4"],[data-part="6"],[data-part="8"],[data-part="10"],[data-part=mask],
[data-part=packet],[data-part=pieces]{--part-ink: var(--ink-on-deep-part)}[data-part="0"]{--part: var(--part-0)}
[data-part="1"]{--part: var(--part-1)}[data-part="2"]{--part: var(--part-2)}[data-part="3"]{--part: var(--part-3)}
[data-part="4"]{--part: var(--part-4)}[data-part="5"]{--part: var(--part-5)}[data-part="6"]{--part: var(--part-6)}
[data-part="7"]{--part: var(--part-7)}[data-part="8"]{--part: var(--part-8)}[data-part="9"]{--part: var(--part-9)}
[data-part="10"]{--part: var(--part-10)}[data-part=rest]{--part: var(--part-rest)}[data-part=mask]{--part:
var(--part-mask)}[data-part=entity]{--part: var(--part-entity)}[data-part=packet]{--part: var(--part-packet)}
[data-part=tables]{--part: var(--part-tables)}[data-part=pieces]{--part: var(--part-pieces)}[data-part=ip]{
--part: var(--part-ip)}body{max-width:1440px}section{position:relative}h2{letter-spacing:-.005em}[data-lists-of] h3{margin:14px
0 4px}.hint{max-width:150ch}.hint .best,.hint .worst{font-weight:650}.notice{padding:10px 16px;border:1px
solid var(--worst);border-radius:8px;background:var(--worst-back)}.columns{grid-template-columns:1fr
1fr}.own-height{align-items:start}@media(max-width:900px){body{padding:16px}.columns{grid-template-columns:1fr}}
button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:left;cursor:pointer}
:focus-visible{outline:2px solid var(--run-0);outline-offset:2px;border-radius:3px}footer{color:var(--soft);
font-size:.75rem}.origin dt{flex:none;width:8.2rem;line-height:1.6}.origin dd{flex:1 1 240px;min-width:0;
font-size:.7812rem;font-weight:400;line-height:1.6;overflow-wrap:anywhere}.origin code{font-size:.75rem}
.origin code span{display:inline-block;max-width:100%}@media(max-width:560px){.origin>div{display:block}}
@media print{.goes,.filter,[data-copy]{display:none}}.findings{margin:0;padding:0;list-style:none}.findings>li{display:grid;grid-template-columns:4.6rem minmax(0,1fr)
minmax(140px,260px);gap:4px 16px;padding:9px 0;border-top:1px solid var(--grid)}.findings>li:first-child{
border:0}.findings p{margin:0;color:var(--soft);overflow-wrap:anywhere}.findings p:first-child,.findings
.remedy{color:var(--ink)}.findings .remedy:before{content:"→ "}.touched,.findings small{color:var(--soft);
font-size:.75rem;overflow-wrap:anywhere}.findings small{display:block}.touched details{margin:0}.touched
ul{max-height:160px;margin:4px 0 0;padding:0;overflow-y:auto;list-style:none}.touched ul .swatch{vertical-align:4px}
.goes{display:flex;flex-wrap:wrap;gap:6px;margin-top:4px}[data-severity=note] .severity{color:var(--soft)}
[data-severity=error] .severity{color:var(--worst)}.small{text-decoration:none;padding:3px 9px;border:1px
solid var(--edge);border-radius:5px;color:var(--ink);font-size:.75rem}.small:hover,.small[aria-pressed=true]{
background:var(--hover)}@media(max-width:760px){.findings>li{grid-template-columns:minmax(0,1fr)}}table{font-variant-numeric:tabular-nums;font-size:.7812rem}th{font-weight:500}thead th{white-space:nowrap}
.sortable thead tr:last-child th:not([data-fixed]){cursor:pointer}.sortable thead th[aria-sort=descending]:after{
content:" ↓"}.sortable thead th[aria-sort=ascending]:after{content:" ↑"}.sort{font-weight:inherit;
white-space:inherit}.number .sort{text-align:right}.causes{width:100%;margin-top:8px;font-size:.75rem}
.causes td,.causes th{padding:3px 8px;border-top:1px solid var(--line);white-space:nowrap}.causes thead
th{border:0;vertical-align:bottom;white-space:normal}.causes tbody th{max-width:280px;padding-left:0;
overflow:hidden;text-overflow:ellipsis}.causes tr.off{display:none}.figures{border-collapse:separate;
border-spacing:0}.figures th,.figures td{padding:2px 14px 2px 0;text-align:left;vertical-align:top}.figures
thead th{max-width:230px;min-width:90px;white-space:normal;overflow-wrap:anywhere;color:var(--ink)}.figures
tbody th,.figures tbody td{border-top:1px solid var(--grid)}.figures tbody th{color:var(--soft);white-space:nowrap}
.wide{max-height:70vh;overflow:auto}.wide thead th{position:sticky;top:0;z-index:1;background:var(--card)}
.wide tr>:first-child{position:sticky;left:0;background:var(--card)}.wide thead tr>:first-child{z-index:2}
.filter{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;margin:8px 0;font-size:.7812rem}
.filter label{max-width:100%}.filter output{color:var(--soft)}input[type=search]{width:200px;max-width:100%;
padding:3px 8px;border:1px solid var(--edge);border-radius:5px;background:var(--card);color:var(--ink);
font:inherit}@media(max-width:700px){.wide tr>:first-child{max-width:150px;white-space:normal;overflow-wrap:anywhere}}
details{margin-top:8px}summary{cursor:pointer;overflow-wrap:anywhere}summary small{display:inline-block;
margin-left:10px;color:var(--soft)}[data-lists-of] .scroll{max-height:340px;overflow:auto}.runs{width:100%;border-collapse:separate;border-spacing:0}.runs td,.runs th{padding:4px 6px;white-space:nowrap}
.runs .start{padding-left:16px}.runs .group{padding:0 0 2px 16px;color:var(--ink);font-weight:600}.runs
.group{vertical-align:bottom}.runs .group span{min-width:9ch;white-space:normal;display:block;border-bottom:1px
solid var(--line)}.runs tbody td,.runs tbody th{border-top:1px solid var(--line)}.runs tbody tr[data-run]{
cursor:pointer}.runs tbody tr[data-run]:hover>*{background:var(--hover)}.runs tbody tr.unverified{cursor:default}
.runs .pinned{position:sticky;left:0;z-index:1;padding-left:0;background:var(--card)}.causes thead th:first-child{
padding-left:0}.runs:not(.whole) .more,.columns-said[hidden],.runs .of,.narrow-only{display:none}.unseen{
position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.runs
.group-row>*{padding-top:9px;border-top:1px solid var(--soft);background:var(--hover);font-weight:600}
.runs .group-row small{color:var(--soft);font-weight:400}.runs .group-row .number small{display:inline}
.runs tbody button,.runs .button{display:flex;gap:9px;align-items:center;max-width:250px}.runs tbody
button span,.runs .button span{overflow:hidden}.runs b,.runs th small{display:block;overflow:hidden;
text-overflow:ellipsis}.runs b{font-weight:600;font-size:.8125rem}.runs th small{color:var(--soft);font-size:.7188rem}
.runs td.best,.runs td.worst{font-weight:650}.best{color:var(--best)}.worst{color:var(--worst)}td.best:after{
content:" ▾";font-size:.5625rem}td.worst:after{content:" ▴";font-size:.5625rem}.runs .fault{color:var(--worst);
white-space:normal}.runs .fault b{display:inline}.off{color:var(--soft)}.off .swatch[data-color],.swatch.off{
background:none;border:1px solid var(--color)}.spark svg{display:block}.spark polyline{fill:none;stroke:var(--color);
stroke-width:1.2;vector-effect:non-scaling-stroke}.off .spark polyline{stroke:var(--soft);stroke-width:.8}
.swatch{flex:none;display:inline-block;width:22px;height:4px;margin-right:7px;vertical-align:3px;border-radius:2px;
background:var(--color)}.swatch[data-dash="1"]{background:repeating-linear-gradient(90deg,var(--color)
0 6px,transparent 6px 8px)}.swatch[data-dash="2"]{background:repeating-linear-gradient(90deg,var(--color)
0 2px,transparent 2px 4px)}.swatch[data-dash="3"]{background:repeating-linear-gradient(90deg,var(--color)
0 8px,transparent 8px 10px,var(--color) 10px 12px,transparent 12px 14px)}.runs .swatch{margin:0}.runs
thead td{color:var(--soft);font-weight:400}.run-controls{margin-bottom:12px;font-size:.7812rem}.run-controls[hidden],.run-choices [hidden]{display:none}
.facets>div{display:flex;gap:8px;align-items:baseline;padding:2px 0}.facets>div>b{flex:0 0 7rem;overflow-wrap:anywhere;
color:var(--soft);font-weight:500}.facets>div>div{display:flex;flex-wrap:wrap;gap:4px;max-height:15em;
overflow-y:auto}.facets button,.run-choices button,.run-shows button,.columns-said button{padding:1px
9px;border:1px solid var(--edge);border-radius:11px;overflow-wrap:anywhere}.facets button:hover,.run-choices
button:hover,.run-shows button:hover,.columns-said button:hover,.run-legend button:hover{background:var(--hover)}
.columns-said{margin:0 0 4px;font-size:.7812rem;text-align:right}.columns-said small{color:var(--soft)}
.facets button[aria-pressed=true],.columns-said button[aria-pressed=true]{background:var(--ink);border-color:var(--ink);
color:var(--card)}.facets small{color:var(--soft);font-size:.6875rem}.facets [aria-pressed=true] small{
color:inherit}.facets .void{border-style:dashed}.run-choices{display:flex;flex-wrap:wrap;gap:6px 16px;
align-items:center;margin-top:6px;color:var(--soft)}.run-choices input,.run-choices select,.trade-off
select{max-width:100%;padding:1px 6px;border:1px solid var(--edge);border-radius:5px;background:var(--card);
color:var(--ink);font:inherit}.run-choices input{width:150px}.run-choices :focus-visible,.trade-off :focus-visible,
.scroll:focus-visible{outline:2px solid var(--run-0);outline-offset:1px}.run-bar{position:sticky;top:0;
z-index:5;margin:0 -8px 10px;padding:5px 8px;background:var(--page);border-bottom:1px solid var(--line);
font-size:.7812rem}html:has(.run-bar){scroll-padding-top:84px}.run-said{display:flex;flex-wrap:wrap;
gap:4px 14px;align-items:baseline}.run-said b{font-weight:600}.run-said small{color:var(--soft)}.run-shows{
display:flex;flex-wrap:wrap;gap:4px;margin-left:auto}.run-legend{display:flex;flex-wrap:wrap;gap:0 4px;
align-items:baseline;max-height:4.4em;margin-top:3px;overflow-y:auto}.run-legend>b{margin:0 2px 0 6px;
color:var(--soft);font-weight:500}.run-legend>b:first-child{margin-left:0}.run-legend button{max-width:min(44ch,80vw);
padding:1px 6px;border-radius:5px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.run-shows
button:disabled{border-style:dashed;color:var(--soft);cursor:default}.run-legend .off{text-decoration:line-through}
@media(max-width:600px){html:has(.run-bar){scroll-padding-top:124px}.facets>div>b{flex-basis:74px}.run-legend{
flex-wrap:nowrap;overflow:auto hidden}.run-legend>*{flex:none}.narrow-only{display:block;margin:10px
0 0}.runs,.runs tbody,.runs thead,.runs tr,.runs caption{display:block}.runs tr[hidden],.runs thead tr:first-child,
.runs td:not(.main,.fault),.runs thead th:not(.main,.pinned){display:none}.runs thead tr{display:flex;
flex-wrap:wrap;gap:4px 10px;padding-bottom:8px}.runs thead tr:before{content:"sort by";color:var(--soft)}
.runs .of{display:inline}.columns-said{display:none}.runs thead th,.runs thead .start{padding:0}.runs
thead .sort{padding:1px 8px;border:1px solid var(--edge);border-radius:11px;text-align:left;white-space:normal}
.runs tbody tr{display:grid;grid-template-columns:repeat(3,1fr);padding:6px 0;border-top:1px solid var(--line)}
.runs tbody tr>*,.runs tbody tr>.start{padding:2px 6px 2px 0;border:0;white-space:normal;text-align:left}
.runs tbody .group-row>*{padding-top:4px;border:0}.runs tbody .pinned,.runs .fault{position:static;grid-column:1
/ -1}.runs tbody button,.runs .button{max-width:100%}.runs tbody b,.runs tbody th small{white-space:normal;
overflow-wrap:anywhere}.runs td[data-label]:before{content:attr(data-label);display:block;color:var(--soft);
font-size:.6875rem;font-weight:400}}@media print{.run-controls,.run-shows,.columns-said button{display:none}
.run-bar,.runs .pinned{position:static}.run-legend{max-height:none}}.trade-off{margin:4px 0 14px}.trade-head{font-weight:600;font-size:.8125rem}.trade-head select{font-weight:400;
font-size:.7812rem}.trade-plot svg{display:block;max-width:100%;font:11px system-ui,sans-serif}.trade-off
.hint{margin:2px 0 0}.axes path{fill:none;stroke:var(--edge);stroke-dasharray:1 5}.axes text{fill:var(--soft);
font-variant-numeric:tabular-nums}.front-line{fill:none;stroke:var(--soft);stroke-width:1.4}.dot{cursor:pointer;
outline:none}.dot .mark{fill:var(--color);stroke:var(--card);stroke-width:1}.dot.off .mark{fill:var(--card);
stroke:var(--color);stroke-width:1.8}.dot .cross{stroke:var(--ink);stroke-width:1.4}.dot .reach{fill:transparent}
.dot.pointed .reach,.dot:hover .reach,.dot:focus-visible .reach{stroke:var(--ink);stroke-width:1.6}.dot-label{
fill:var(--ink);pointer-events:none}.dot-label.off{fill:var(--soft)}.chart{overflow:hidden;margin:0 -6px}.void-of-runs,.no-run[hidden]{display:none}.u-select{background:color-mix(in
srgb,var(--soft) 18%,transparent)}.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-color:var(--soft)}.switch{
position:absolute;top:16px;right:20px;display:flex;gap:2px;font-size:.7812rem}.switch button{padding:2px
9px;border-radius:5px;color:var(--soft)}@media(max-width:560px){.switch{position:static;margin:0 0 8px
-9px}}.switch button[aria-pressed=true]{background:var(--grid);color:var(--ink)}.never{margin:0 0 4px}
.heal{display:grid;grid-template-columns:minmax(120px,310px) minmax(0,1fr) 20rem;gap:0 16px;align-items:center;
padding:2px 0}.heal .range{grid-column:2}.heal small{color:var(--soft);font-size:.7188rem;font-variant-numeric:tabular-nums}
@media(max-width:900px){.heal{grid-template-columns:minmax(0,1fr);padding:4px 0}.heal .range{grid-column:1}}
.range{position:relative;height:16px;margin:3px 7px 0;border-bottom:1px solid var(--line)}.span,.mark{
position:absolute;top:5px;height:6px;background:var(--color)}.span{top:7px;height:2px}.mark{width:10px;
height:10px;top:3px;margin-left:-5px;border-radius:50%}.mark.p99{background:var(--card);border:2.5px
solid var(--color)}.mark.max,.mark.streak{width:3px;margin-left:-1.5px;border-radius:0}.mark.streak{
top:0;height:16px;width:2px;margin-left:-1px}.range.axis{height:18px;border:0;margin-bottom:4px}.range.axis
small{white-space:nowrap;position:absolute;transform:translate(-50%)}.tooltip{position:fixed;z-index:10;
max-width:460px;padding:8px 11px;pointer-events:none;background:var(--card);border:1px solid var(--line);
border-radius:6px;box-shadow:0 6px 22px #0000002e;font-size:.7812rem}.tooltip b{font-weight:600;overflow-wrap:anywhere}
.tooltip td{padding:1px 0}.tooltip .name{color:var(--soft);padding-right:16px;overflow-wrap:anywhere}
.tooltip .value{text-align:right;white-space:nowrap}.tooltip .focused td{color:var(--ink);font-weight:600}
.tooltip[hidden]{display:none}.legend{gap:2px 4px;margin:0 -8px 12px;font-size:.7812rem}.legend button{padding:2px 8px;border-radius:5px;
overflow-wrap:anywhere}.legend b{color:var(--soft);font-weight:500;font-variant-numeric:tabular-nums}
.legend button[aria-pressed=true]{background:var(--grid);font-weight:600}.part{display:inline-block;
width:10px;height:10px;margin-right:6px;border-radius:2px}.part,.segment{background:var(--part)}.bar-row{
display:grid;grid-template-columns:minmax(120px,310px) minmax(0,1fr) 4.6rem;gap:0 12px;align-items:center;
padding:3px 0}.compact .bar-row{padding:1px 0}.bar-row .name,.heal .name{font-size:.7812rem;overflow:hidden;
text-overflow:ellipsis;white-space:nowrap}.bar{display:flex;height:1.5rem;min-width:0}.compact .bar{
height:1.0625rem}.segment{box-sizing:border-box;flex:none;min-width:0;overflow:hidden;text-indent:5px;
color:var(--part-ink);font-size:.6875rem;line-height:1.5rem;white-space:nowrap;box-shadow:inset -1px
0 var(--card)}.compact .segment{line-height:1.0625rem}.segment:hover{filter:brightness(1.08)}.segment:first-child{
border-radius:3px 0 0 3px}.segment:last-child{border-radius:0 3px 3px 0}.total{font-size:.7812rem;font-variant-numeric:tabular-nums;
text-align:right}.parts td,.parts th{padding:3px 10px 3px 0;border-top:1px solid var(--grid);vertical-align:top}
.parts thead th{min-width:70px;max-width:120px;white-space:normal;overflow-wrap:anywhere}.parts tbody
th,.parts td{white-space:nowrap}.parts small{display:block;color:var(--soft)}@media(max-width:700px){
.bar-row{grid-template-columns:minmax(0,1fr) 4rem}.bar-row .name{grid-column:1 / -1}}:root{--event: #4a5a6b}@media(prefers-color-scheme:dark){:root{--event: #aebac6}}h3{margin:0;font-size:.8125rem}
h3 small{margin-left:6px;color:var(--soft);font-size:.75rem;font-weight:400}.thin{margin-left:4px;padding:1px
8px;border:1px solid var(--line);border-radius:5px}.thin[aria-pressed=true]{border-color:var(--soft);
background:var(--grid);color:var(--ink)}.time-chart{margin-top:14px}.time-chart .chart{margin:4px 0 0}
.chart:focus-visible{outline:2px solid var(--run-0);outline-offset:-1px}.strip-rows:focus-visible,summary:focus-visible,
select:focus-visible,a:focus-visible{outline:2px solid var(--run-0);outline-offset:2px;border-radius:3px}
.over-time-plot{position:relative;cursor:crosshair;touch-action:pan-y;user-select:none}.u-over.over-time-plot{
position:absolute}.chosen-second,.time-cursor,.time-selected{position:absolute;top:0;bottom:0;min-width:2px;
pointer-events:none}.chosen-second{background:color-mix(in srgb,var(--ink) 14%,transparent);border:solid
var(--ink);border-width:0 1px}.time-cursor{background:color-mix(in srgb,var(--soft) 26%,transparent)}
.time-selected{background:color-mix(in srgb,var(--run-0) 22%,transparent)}.chosen-second[hidden],.time-cursor[hidden],
.time-selected[hidden]{display:none}.strip-row{margin-top:6px}.strip-name{margin:0;overflow:hidden;color:var(--soft);
font-size:.75rem;line-height:1.4;text-overflow:ellipsis;white-space:nowrap}.strip-name b{color:var(--ink);
font-weight:500}.strip-plot{height:18px}.strip{display:block;width:100%;height:18px}.freezes ul,.events{
margin:0;padding:0;list-style:none}.freezes ul{display:flex;flex-wrap:wrap;gap:2px 6px}.freezes button{
padding:3px 8px;border-radius:5px;font-size:.7812rem;overflow-wrap:anywhere}.freezes button:hover,.event-names
button:hover,.worst-by button:hover,.go button:hover,#time-bar button:hover{background:var(--hover)}
.freezes small{color:var(--soft)}.event-names{display:flex;flex-wrap:wrap;gap:4px;margin-top:6px;font-size:.7812rem}
.event-names button{padding:2px 9px;border:1px solid var(--line);border-radius:5px;color:var(--soft);
overflow-wrap:anywhere}.event-names button[aria-pressed=true]{border-color:var(--soft);background:var(--grid);
color:var(--ink)}.event-names details{flex-basis:100%;margin:0}.over-time{margin-bottom:16px}html{scroll-padding-bottom:72px}
#time-bar{position:sticky;bottom:8px;z-index:2;display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center;
width:fit-content;max-width:100%;margin:0 auto;padding:5px 12px;background:var(--card);border:1px solid
var(--line);border-radius:8px;box-shadow:0 4px 14px #00000024;font-size:.7812rem}#time-bar span{display:flex;
gap:2px}#time-bar button{min-width:30px;padding:3px 9px;border-radius:5px;text-align:center}#time-bar
button:disabled{opacity:.45;cursor:default}#time-bar output{color:var(--soft);font-variant-numeric:tabular-nums}
#time-bar a{color:var(--ink);font-weight:600}#time-bar a[hidden]{display:none}.said{position:absolute;
width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.tooltip{max-width:min(460px,calc(100vw
- 8px))}.tooltip p{margin:3px 0 0;color:var(--soft);overflow-wrap:anywhere}@media(max-width:560px){#time-bar{
gap:4px 8px;padding:5px 8px}#time-bar button{min-width:28px;padding:3px 6px}h3 small{display:block;margin-left:0}
.tooltip .value{white-space:normal}}@media print{#time-bar{display:none}}#second{scroll-margin-top:48px}.address-remark:not(:empty){font-weight:600}#second:focus{outline:none}
#second h2{overflow-wrap:anywhere}.second-head{display:flex;flex-wrap:wrap;gap:6px 18px;align-items:center;
margin-top:8px;font-size:.7812rem}.second-head select{max-width:min(330px,60vw);padding:3px 6px;background:var(--card);
border:1px solid var(--soft);border-radius:5px;color:var(--ink);font:inherit}.go{display:flex;gap:2px}
.go button,.worst-by button{padding:2px 9px;border:1px solid var(--line);border-radius:5px}.go button:disabled{
opacity:.45;cursor:default}.worst-by{display:flex;flex-wrap:wrap;gap:4px;align-items:center}.worst-by
button{overflow-wrap:anywhere}.worst-by small{color:var(--soft)}.worst-by .is-worst{border-color:var(--worst);
color:var(--worst);font-weight:600}.worst-by .hint{margin:0 0 0 6px}.second-body{display:grid;grid-template-columns:1fr
1fr;gap:20px 32px;margin-top:16px}.second-body>div{min-width:0}.second-body>.whole{grid-column:1 / -1}
.second-body h3+.hint{margin-bottom:6px}.second-body h3:not(:first-child){margin-top:16px}.second-figures{
width:100%;max-width:560px}.second-figures td,.second-figures th{padding:3px 8px;white-space:nowrap}
.second-figures tbody tr{border-top:1px solid var(--line)}.second-figures tbody th{padding-left:0;white-space:normal}
.second-figures .much td:nth-child(2),.second-figures .much td:last-child,.excess-row.much .figures b{
color:var(--worst);font-weight:650}.excess-row{display:grid;grid-template-columns:minmax(0,1fr) minmax(50px,.9fr)
11.2rem 110px;gap:10px;align-items:center;padding:2px 0;font-size:.7812rem}.excess-row .name,.tree summary
.name{overflow-wrap:anywhere}.excess-row .figures{text-align:right;font-variant-numeric:tabular-nums;
white-space:nowrap}.excess-row .figures b{display:inline-block;min-width:112px;color:var(--soft);font-weight:500}
.track{position:relative;height:12px;background:var(--grid)}.track .amount{position:absolute;inset:0
auto 0 0;background:var(--event)}.excess-row.much .amount{background:var(--worst)}.track .usual{position:absolute;
top:-3px;bottom:-3px;width:3px;margin-left:-2px;background:var(--ink);border:solid var(--card);border-width:0
1px;box-sizing:content-box}.excess-row svg{width:110px;height:20px;overflow:visible}.excess-row path{
fill:none;stroke:var(--event);stroke-width:1.2;vector-effect:non-scaling-stroke}.excess-row .here{stroke:var(--worst);
stroke-width:1.5}.tree{max-width:900px}.tree details{margin:0;border-top:1px solid var(--line)}.tree
summary{position:relative;display:grid;grid-template-columns:minmax(0,1fr) minmax(40px,160px) 140px;
gap:10px;align-items:center;padding:4px 0;font-size:.7812rem}.tree summary:before{content:"▸ ";position:absolute;
margin-left:-12px;color:var(--soft)}.tree details[open]>summary:before{content:"▾ "}.tree{padding-left:14px}
.tree summary .figures,.leaf .figures{margin-left:auto;text-align:right;font-variant-numeric:tabular-nums}
.leaf{display:flex;margin:0;padding:4px 0;border-top:1px solid var(--line);font-size:.7812rem}.fields{
margin:0 0 8px 14px}.fields td,.fields th{padding:1px 14px 1px 0;overflow-wrap:anywhere}.packet>p:first-child{
margin:4px 0 8px}.command{margin:0;padding:8px 12px;background:var(--page);border-radius:6px;font-size:.75rem;
white-space:pre-wrap;overflow-wrap:anywhere;user-select:all}.events li{padding:2px 0;font-size:.7812rem;
overflow-wrap:anywhere}.events small,.link small{color:var(--soft)}#second a{color:var(--run-0)}#second
.hint{margin-bottom:4px}.link{padding:2px 0;font-size:.7812rem;text-decoration:underline;text-underline-offset:3px;
overflow-wrap:anywhere}#second p{margin-top:4px;margin-bottom:4px}@media(max-width:1180px){.second-body{
grid-template-columns:minmax(0,1fr)}}@media(max-width:560px){.excess-row{grid-template-columns:minmax(0,1fr)
auto;gap:2px 10px;padding:5px 0}.excess-row .track{grid-column:1 / -1;grid-row:2}.excess-row svg{grid-column:1
/ -1;width:100%}.tree summary{grid-template-columns:minmax(0,1fr) auto}.tree summary .track{display:none}
.second-figures td,.second-figures th{padding:3px 4px}}@media print{.second-head{display:none}}@media(max-width:600px){
.second-figures{display:block;max-width:100%;overflow-x:auto}.excess-row .figures{white-space:normal}}@media print{body{padding:0}.columns{grid-template-columns:1fr}.uplot,.u-wrap,.uplot canvas,.trade-plot
svg{width:100%!important;height:auto!important}.chart{height:auto!important}section{break-inside:auto;
box-decoration-break:clone}.time-chart:not(:has(.strip-rows)),.strip-row,.bar-row,.heal,.trade-off{break-inside:avoid}
h3,h4,.hint{break-after:avoid;break-inside:avoid}.goes,.filter{display:none}.findings>li{grid-template-columns:4.6rem
minmax(0,1fr) 150px}.strip-name{white-space:normal;overflow-wrap:anywhere}.thin,.switch{display:none}
.bar-row{grid-template-columns:minmax(0,1fr) 50% 4.6rem}.bar-row .name,.heal .name{grid-column:auto;
white-space:normal;overflow-wrap:anywhere}.segment{text-overflow:ellipsis}.heal{grid-template-columns:1fr}
.heal .range{grid-column:1}.runs .start,.runs .group{padding-left:6px}.runs .group span{min-width:0}
.spark svg{width:64px}.causes tbody th{max-width:none;overflow-wrap:anywhere}.runs.whole,.runs.whole
tbody,.runs.whole tr{display:block}.runs.whole tr[hidden],.runs.whole thead{display:none}.runs.whole
tbody tr{display:grid;grid-template-columns:repeat(6,1fr);padding:6px 0;border-top:1px solid var(--line)}
.runs.whole tbody tr>*{padding:2px 4px 2px 0;border:0;text-align:left}.runs.whole tbody .pinned,.runs.whole
.fault{grid-column:1 / -1}.runs.whole tbody button,.runs.whole .button{max-width:100%}.runs.whole td[data-label]:before{
content:attr(data-label);display:block;color:var(--soft);font-weight:400}}
`;
