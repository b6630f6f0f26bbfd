import { tokenize } from './tokenize.ts';

/**
 * What people say of a mood, and the words that tags, genres and plots have for it. Written by hand: vectors bring "cosy"
 * next to "gruesome". Left: words of a wish; right: tags and words that count for it, too, at less than a word that was said.
 */
const MOODS = `
grief grieving mourning bereavement: sad melancholy death loss heartbreaking tear jerker touching poignant
loss: death sad melancholy grief
quiet gentle understated: understated slow paced meditative reflective low key
silent: no dialogue silent
hope hopeful: inspirational inspiring feel-good heartwarming bittersweet redemption
uplifting inspiring: feel-good inspirational heartwarming
cosy cozy comforting comfort: heartwarming feel-good light sweet whimsical
dread unsettling unnerving: ominous creepy eerie suspense atmospheric disturbing tense
creepy spooky: eerie creepy ghosts supernatural
spectacle spectacular: visually stunning special effects epic breathtaking
mindfuck mindbender puzzling trippy: mindfuck twist complicated surreal nonlinear psychological
trippy psychedelic hallucinatory: psychedelic surreal drugs
pressure pressured: tense claustrophobic suspense
nailbiting gripping edge nerve: tense suspense thriller
lonely loneliness alone isolated: loneliness isolation solitude melancholy
nostalgia nostalgic: nostalgic childhood bittersweet
cry crying weepie tears: tear jerker sad heartbreaking touching
laugh laughs hilarious: funny hilarious comedy humorous
silly goofy daft: silly goofy slapstick absurd
dry deadpan: deadpan dry humor ironic
witty sharp clever: witty dialogue clever satire
smart intelligent thoughtful thinking: cerebral thought-provoking intelligent philosophical
bleak grim depressing: bleak depressing grim dark downbeat
dark: dark bleak noir
gritty raw: gritty realistic harsh violence
brutal violent: brutal violence bloody gory
strange weird odd bizarre offbeat: weird surreal quirky absurd eccentricity
whimsical playful charming: whimsical quirky fairy tale imagination
dreamy dreamlike hypnotic: dreamlike surreal atmospheric lyrical
beautiful gorgeous stunning: visually stunning cinematography beautiful scenery
stylish cool slick: stylish stylized neo-noir
epic sweeping grand: epic historical big budget
romantic love: romance love story
steamy sexy sensual: sexy erotic sexuality
heartbreak breakup: heartbreaking bittersweet divorce relationships
twist twists unexpected surprise: twist ending surprise ending plot twist
heist robbery caper: heist robbery caper bank robbery
con conman swindle: con artists con men caper
spy spies espionage: espionage spies secret service
detective investigation whodunit: detective murder mystery investigation
court trial lawyer courtroom: courtroom courtroom drama lawyers justice
prison jail: prison prison escape
submarine submarines: submarine underwater ocean claustrophobic
ship sea sailing: ocean boat
space astronauts: space space travel astronauts
robots ai android: robots artificial intelligence androids
office work workplace job: workplace office corporate america business
school teachers: high school teacher school
family families: family dysfunctional family family drama
friendship friends: friendship unlikely friendships buddy movie
underdog: underdog sports
music musician band: music musicians rock and roll
food cooking chef: food cooking
war soldiers: war world war ii military
conspiracy paranoid: conspiracy paranoia
ghost ghosts haunted: ghosts haunted house supernatural
witch witches magic: magic witch wizards
apocalypse postapocalyptic: post-apocalyptic apocalypse end of the world
future futuristic: dystopia futuristic science fiction
kids children family-friendly: kids and family family children
rain noirish: film noir atmospheric
snow winter cold arctic: snow winter antarctica isolation
desert: desert
road: road trip road movie
`;

/** Stemmed word of a wish → stemmed words that count for it. */
const ALSO = new Map<string, string[]>();
for (const line of MOODS.trim().split('\n')) {
  const [said = '', meant = ''] = line.split(':');
  const words = [...new Set(tokenize(meant))];
  for (const word of tokenize(said)) ALSO.set(word, [...new Set([...(ALSO.get(word) ?? []), ...words])]);
}

/** Further words for the words of a wish, without those that were said. */
export function moodWords(tokens: readonly string[]): Set<string> {
  const further = new Set(tokens.flatMap((token) => ALSO.get(token) ?? []));
  for (const token of tokens) further.delete(token);
  return further;
}

/** Whether a word names a mood: its own letters in a title ("All Quiet on the Western Front") then say less. */
export const isMoodWord = (token: string): boolean => ALSO.has(token);
