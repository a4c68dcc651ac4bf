import { z } from 'zod';

/** A path from the folder of the document that names it, `..` included: whoever reads it must see that it stays inside of the repository. */
export const FilePath = z
  .string()
  .refine((path) => path !== '' && !/^\/|[\\\0]|^[a-z][a-z0-9+.-]*:\/\//i.test(path), {
    error: (issue) => `path ${JSON.stringify(issue.input)} must be relative and '/'-separated`,
  })
  .brand<'FilePath'>();
export type FilePath = z.infer<typeof FilePath>;
