import { chatModelContract } from '../contracts/chatModel.ts';

chatModelContract('the OpenAI-compatible provider', (provider) => ({
  config: { provider: 'openai', baseUrl: provider.url },
}));

chatModelContract('a dedicated Hugging Face endpoint', (provider) => ({
  config: { provider: 'huggingface', baseUrl: provider.url.replace(/\/v1$/, '') },
}));

/** The router's address is fixed in the SDK: its requests are sent on to the scripted server. */
chatModelContract("Hugging Face's router", (provider) => ({
  config: { provider: 'huggingface' },
  options: {
    fetch: (input, init) =>
      fetch(String(input as string).replace('https://router.huggingface.co/v1', provider.url), init),
  },
}));
