import { graphql, type ResultOf } from '../../../graphql';

export const DRY_RUN = graphql(`
  query SequenceDryRun($id: ID!) {
    sequenceDryRun(id: $id) {
      audience
      needsApproval
      reachable {
        channel
        total
      }
      refused {
        channel
        reason
        total
        members {
          id
          givenName
          familyName
        }
      }
      messages {
        key
        name
        channel
        at
        conditional
        tooLate
      }
    }
  }
`);
export type DryRunFound = ResultOf<typeof DRY_RUN>['sequenceDryRun'];
