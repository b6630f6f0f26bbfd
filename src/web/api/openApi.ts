import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Operation } from './operations.ts';
import { problemAnswer, recommendationBody } from '../../contract/schemas.ts';

/**
 * The OpenAPI 3.1 document, generated from the schemas that validate. Paths are relative to `/api/v1`.
 * @param chatModels those of this installation: their ids are what `chatModel` may say
 */
export function openApiDocument(operations: readonly Operation[], chatModels: readonly ChatModelName[] = []) {
  const paths: ZodOpenApiPathsObject = {};
  for (const one of operations) {
    const body = one.body === recommendationBody ? withChatModels(chatModels) : one.body;
    (paths[one.path] ??= {})[one.method] = describe(body ? { ...one, body } : one);
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Marquee',
      version: '1',
      description: 'Recommendations from words and taste, and the catalogue they come from.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        personalToken: { type: 'http', scheme: 'bearer', description: 'Made on the profile page.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'marquee_session',
          description: 'With an X-CSRF-Token header.',
        },
      },
    },
  });
}

interface ChatModelName {
  id: string;
  label: string;
}

/** The request as this installation takes it: any other id is refused. */
function withChatModels(chatModels: readonly ChatModelName[]): z.ZodType {
  const named = chatModels.map(({ id, label }) => `"${id}" (${label})`);
  return recommendationBody
    .extend({
      chatModel: z
        .enum([...chatModels.map(({ id }) => id), 'none'])
        .optional()
        .meta({
          description: [
            'Which language model reads the prompt and judges the titles.',
            named.length > 0 ? `Here: ${named.join(', ')}.` : 'None is set up here.',
            '"none": no model, matched on text. Left out: the first usable one, else none. Any other id is a 400.',
          ].join(' '),
        }),
    })
    .meta({ id: 'RecommendationRequest' });
}

function describe(one: Operation): ZodOpenApiOperationObject {
  const parameters = {
    ...(one.path.includes('{id}')
      ? { path: z.object({ id: z.int().min(1).meta({ description: 'movieId' }) }) }
      : {}),
    ...(one.query ? { query: one.query as z.ZodObject } : {}),
  };
  return {
    operationId: one.operationId,
    summary: one.summary,
    ...(Object.keys(parameters).length > 0 ? { requestParams: parameters } : {}),
    ...(one.body
      ? {
          requestBody: {
            required: !accepts(one.body, {}),
            content: { 'application/json': { schema: one.body } },
          },
        }
      : {}),
    ...(one.access === 'open' ? { security: [{}] } : { security: [{ personalToken: [] }, { cookie: [] }] }),
    responses: {
      [String(one.answers.status)]: {
        description: one.answers.description,
        ...(one.answers.schema ? { content: { 'application/json': { schema: one.answers.schema } } } : {}),
      },
      ...Object.fromEntries(problemsOf(one).map(([status, description]) => [status, problem(description)])),
    },
  } as ZodOpenApiOperationObject;
}

/** Every refusal that can happen to an operation. */
function problemsOf(one: Operation): [string, string][] {
  const isWriting = one.method !== 'get';
  return [
    ['400', 'Wrong type or range; `errors` names the fields'],
    ...(one.access === 'open'
      ? ([['401', 'The personal token sent is not valid']] as const)
      : ([['401', 'No credentials']] as const)),
    ...(isWriting ? ([['403', 'Bad form token or foreign origin']] as const) : []),
    ...(one.path.includes('{id}') ? ([['404', 'Unknown or malformed id']] as const) : []),
    ...(one.access === 'person' && one.method === 'put'
      ? ([['409', 'A visitor may keep 100 entries']] as const)
      : []),
    ['413', 'The body is too large'],
    ['429', 'Too many requests; see Retry-After'],
    ['500', 'Unexpected failure'],
    ['503', 'The catalogue is not loaded yet'],
  ] as [string, string][];
}

/** A body that may be empty may be left out too. */
const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemAnswer } },
});
