import '@xyflow/react/dist/style.css';
import { Controls, MarkerType, ReactFlow, type Edge, type Node } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { waysOf, type StepDraft } from './definition';
import classes from './editor.module.css';
import { editor } from './editor-strings';
import { titleOf } from './step-list';

const DOWN = 110;
const ASIDE = 260;

/** Whether those who are done with a step go on to the one below it. */
const goesOn = (step: StepDraft): boolean =>
  !(
    step.kind === 'exit' ||
    step.kind === 'split' ||
    (step.kind === 'branch' && (step.otherwise !== undefined || step.patience !== undefined))
  );

/** The lane of each step: what a way jumps to stands one lane further than the step it leaves. */
function lanes(steps: readonly StepDraft[]): number[] {
  const lane = steps.map(() => 0);
  steps.forEach((step, at) => {
    for (const [nth, { to }] of waysOf(step).entries()) {
      const target = steps.findIndex(({ key }) => key === to);
      if (target > at) lane[target] = Math.max(lane[target]!, lane[at]! + Math.min(nth + 1, 3));
    }
    const next = at + 1;
    if (next < steps.length && goesOn(step)) lane[next] = Math.max(lane[next]!, lane[at]!);
  });
  return lane;
}

/** The steps in a picture; the list beside it says the same in words. */
export default function Canvas(props: {
  steps: readonly StepDraft[];
  choose: (key: string) => void;
}): ReactNode {
  const { steps, choose } = props;
  const scheme = useComputedColorScheme('light');
  const lane = lanes(steps);
  const nodes: Node[] = steps.map((step, at) => ({
    id: step.key,
    position: { x: lane[at]! * ASIDE, y: at * DOWN },
    data: { label: t(editor.step, { n: at + 1, name: titleOf(step) }) },
    ariaLabel: t(editor.step, { n: at + 1, name: titleOf(step) }),
    style: { width: ASIDE - 40 },
  }));
  const known = new Set(steps.map(({ key }) => key));
  const edges: Edge[] = steps.flatMap((step, at) => {
    const ways = waysOf(step).filter(({ to }) => known.has(to));
    const next = steps[at + 1];
    const on = next !== undefined && goesOn(step) ? [{ word: '', to: next.key }] : [];
    return [...ways, ...on].map(({ word, to }, nth) => ({
      id: `${step.key} ${nth} ${to}`,
      source: step.key,
      target: to,
      label: word.endsWith('%') ? word : '',
      markerEnd: { type: MarkerType.ArrowClosed },
      style: { stroke: 'var(--mantine-color-dimmed)' },
      focusable: false,
      ariaLabel: '',
    }));
  });
  return (
    <div className={classes.canvas} role="group" aria-label={t(editor.cutOff)}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        colorMode={scheme}
        style={{ background: 'transparent' }}
        nodesDraggable={false}
        nodesConnectable={false}
        fitView
        minZoom={0.2}
        // Its link out carries a mark of where one came from.
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_event, { id }) => choose(id)}
        onNodesChange={(changes) => {
          for (const change of changes) if (change.type === 'select' && change.selected) choose(change.id);
        }}
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
