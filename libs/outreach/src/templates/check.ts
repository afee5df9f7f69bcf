import { namesIn, problemsOfLiquid, type TextProblem } from './liquid';
import { linkProblems } from './marks';
import { VARIABLES } from './variables';

/**
 * Everything that stands against a text: its Liquid, names that there are not, links to nowhere.
 * @param hasGathering whether names of a gathering have a value where it is used.
 * @param hasCampaign the same of a campaign.
 */
export function problemsOfText(
  text: string,
  hasGathering: boolean,
  hasCampaign = false,
): readonly TextProblem[] {
  const there = { nothing: true, gathering: hasGathering, campaign: hasCampaign };
  const broken = problemsOfLiquid(text);
  if (broken.length > 0) return broken;
  const unknown = namesIn(text).flatMap(({ name, line }): TextProblem[] => {
    const variable = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
    return variable !== undefined && there[variable.needs]
      ? []
      : [{ code: 'VARIABLE_UNKNOWN', line, message: `there is no {{${name}}} here` }];
  });
  return [...unknown, ...linkProblems(text)];
}
