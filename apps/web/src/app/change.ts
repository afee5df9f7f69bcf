import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { Operation } from '../graphql';
import { queries } from './app';
import { ask } from './ask';
import { reasonOf } from './outcome';
import { say } from './say';

/**
 * Sends a change, then asks again for what it touched. A refusal is said aloud, and the screen goes back to
 * what is true.
 */
export const useChange = <Result, Variables>(
  operation: Operation<Result, Variables>,
  touches: string,
): UseMutationResult<Result, Error, Variables> =>
  useMutation({
    mutationFn: (variables: Variables) => ask(operation, variables),
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: [touches] }),
  });
