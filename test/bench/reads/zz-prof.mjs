import { fork, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync, readdirSync } from 'node:fs';
import { as } from './database.mjs';
import * as db from './database.mjs';
import { rate, ask, requestText } from './http-client.mjs';
import { requestsOf } from './queries.mjs';
import { dist, here } from './settings.mjs';
import { signIn } from './targets.mjs';
const dataDir='/tmp/uh/d-reads';
const { startEmbeddedPostgres } = createRequire(import.meta.url)(join(dist, 'apps/launcher/src/embedded-postgres.js'));
const { runMigrations } = createRequire(import.meta.url)(join(dist, 'migrations/index.js'));
const postgres = await startEmbeddedPostgres({ dataDir, fsync: true });
const u=new URL(postgres.url); u.pathname='/bench_'+(process.env.SIZE??'30000'); const url=u.href;
await runMigrations(url,()=>{});
const children=[];
const start=(script,env,execArgv=[])=>new Promise((ok,no)=>{const c=fork(script,[],{execArgv,cwd:here,env:{NODE_ENV:'production',DATABASE_URL:url,DATABASE_POOL:process.env.POOL??'10',...env},stdio:['ignore','ignore','inherit','ipc']});children.push(c);c.on('message',m=>m.type==='ready'&&ok({port:m.port??Number(new URL(m.address).port),child:c}));c.once('exit',no)});
const prof=process.env.PROF?['--cpu-prof','--cpu-prof-dir='+process.env.PROF]:[];
try{
const bare={kind:'bare',...(await start(join(here,'server-bare.mjs'),{}))};
const env={UNIONHALL_SECRET:'a secret of the bench alone, 32 long',PORT:'0',LOG_LEVEL:'info'};
const ours={kind:'ours',...(process.env.OFF?await start(join(here,'server-ours.mjs'),{...env,BENCH_OFF:process.env.OFF},prof):await start(join(dist,'apps/api/src/main.js'),env,prof))};
const facts=await as(url,db.factsOf);
const cpu=pid=>{const s=readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1].split(' ');return [Number(s[11])*10,Number(s[12])*10]};
const pgcpu=()=>{let t=0;for(const d of readdirSync('/proc'))if(/^\d+$/.test(d)){try{const x=readFileSync('/proc/'+d+'/stat','utf8').split(') ')[1].split(' ');if(Number(x[1])===postgres.pid)t+=Number(x[11])+Number(x[12])}catch{}}return t};
const n=Number(process.env.ROUNDS??3), secs=Number(process.env.SECS??1.5);
for(const actor of (process.env.ACTORS??'region').split(',')){ ours.token=await signIn(ours.port,actor);
 for(const q of (process.env.Q??'Q1,Q2,Q3').split(',')){
  const ro=await requestsOf(q,ours,facts[actor]),rb=await requestsOf(q,bare,facts[actor]);
  await rate(ours.port,ro,32,1);await rate(bare.port,rb,32,1);
  const rs=[];let a,b;let cnt=[0,0,0];const c=[[0,0],[0,0],[0,0]];const pgc=[0,0];const meas=async(k,t,r)=>{const x=cpu(t.child.pid),y=cpu(process.pid),z=pgcpu();const v=await rate(t.port,r,32,secs);const x2=cpu(t.child.pid),y2=cpu(process.pid);pgc[k]+=pgcpu()-z;c[k][0]+=x2[0]-x[0];c[k][1]+=x2[1]-x[1];c[2][0]+=y2[0]-y[0];c[2][1]+=y2[1]-y[1];cnt[k]+=v*secs;cnt[2]+=v*secs;return v};
  for(let i=0;i<n;i++){a=await meas(0,ours,ro);b=await meas(1,bare,rb);rs.push(a/b)}
  rs.sort((x,y)=>x-y);
  console.log(actor,q,'ours',a.toFixed(0),'bare',b.toFixed(0),'ratio',rs[n>>1].toFixed(2),'user/sys ms per request: ours',c[0].map(v=>(v/cnt[0]).toFixed(3)).join('/'),'pg',(pgc[0]*10/cnt[0]).toFixed(3),'bare',c[1].map(v=>(v/cnt[1]).toFixed(3)).join('/'),'pg',(pgc[1]*10/cnt[1]).toFixed(3),'client',c[2].map(v=>(v/cnt[2]).toFixed(3)).join('/'));
 }}
}finally{ for(const c of children)c.kill('SIGTERM'); await new Promise(r=>setTimeout(r,1500)); await postgres.stop('now'); }
process.exit()
