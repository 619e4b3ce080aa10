/** Where a document has regular expressions. */

import type { Question } from '../../spec/question.ts';
import type { PackDocument, PackFile } from './document.ts';

interface Placed {
  readonly at: string;
  readonly pattern: string;
}

export function patternsIn({ questions, files, additions }: PackDocument): readonly Placed[] {
  return [
    ...ofQuestions(questions, 'questions'),
    ...ofFiles(files, 'files'),
    ...additions.flatMap((addition, index) => [
      ...ofQuestions(addition.questions, `additions[${index}].questions`),
      ...ofFiles(addition.files, `additions[${index}].files`),
    ]),
  ];
}

function ofQuestions(questions: readonly Question[], at: string): readonly Placed[] {
  return questions.flatMap((question, index) =>
    question.kind === 'text' && question.pattern !== undefined
      ? [{ at: `${at}[${index}].pattern`, pattern: question.pattern }]
      : [],
  );
}

function ofFiles(files: readonly PackFile[], at: string): readonly Placed[] {
  return files.flatMap(({ registrations = [] }, index) =>
    registrations.flatMap((list, nth) => {
      if (list.kind !== 'lines') return [];
      const place = `${at}[${index}].registrations[${nth}]`;
      return [
        { at: `${place}.after`, pattern: list.after },
        { at: `${place}.before`, pattern: list.before },
      ];
    }),
  );
}
