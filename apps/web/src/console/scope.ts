import { useLocalStorage } from '@mantine/hooks';

/** The chapter whose subtree the console looks at; an empty text is all that the organizer may see. */
export const useScope = (): [string, (chapterId: string) => void] => {
  const [scope, setScope] = useLocalStorage({
    key: 'unionhall.scope',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  return [scope, setScope];
};
