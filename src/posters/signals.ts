import type { MotifName } from './motifs/index.ts';

/**
 * Which words tell of which motifs: words of a title and names of tags. A word matches whole words of a tag, so "train"
 * does not match "training"; a phrase matches a run of words. Earlier motifs fit better.
 */
const LINES = `
space,astronauts,space travel,nasa,space program,galaxy,star wars,star trek,space opera,interstellar,gravity,solaris,cosmos = space,rocket,saturn,star
space station,planet,planets,saturn = saturn,space,rocket
aliens,alien,alien invasion,first contact,ufo,extraterrestrial,martian,mars = saucer,saturn,space
rocket,moon landing,apollo = rocket,moon
moon,moonlight,moonrise,lunar = moon
werewolf,werewolves = moon,claws
star,stars,starry = star,space
sun,sunrise,sunset,summer,solar,heat,noon,dawn,dusk,sunshine,morning,africa = sun,field,rays
night,nocturnal,midnight,nights,insomnia = moon,skyline,windows,owl
robot,robots,androids,android,cyborg,cyborgs,giant robots,android(s)/cyborg(s),man versus machine,artificial intelligence = robot,eye,atom
science,physics,nuclear,nuclear bomb,nuclear war,atomic,genius = atom,flask
mad scientist,virus,medicine,chemistry,doctors,drugs,invention,pandemic,laboratory = flask,atom
mathematics,computers,hacking,hackers,virtual reality,cyberpunk,internet,matrix,simulation = maze,noise,halftone,blocks
time travel,time loop,time,clock,groundhog,back to the future,hours,minutes,tomorrow,yesterday = clock,hourglass,spiral
aging,old age,memory,nostalgia,memory loss,amnesia,ageing,life & death,terminal illness = hourglass,clock,leaf
dreams,dreamlike,surreal,hallucinatory,mindfuck,psychedelic,vertigo,hypnosis,brainwashing,insanity,madness,confusing,dizzy = spiral,eye,contours,maze
submarine,underwater,u-boat,boot,nautilus = submarine,sea
ocean,sea,boat,surfing,water,mermaid,tide,wave,waves,river,lake = sea,ship,fish,anchor
ship,titanic,pirates,pirate,sailing,navy,shipwreck,ark,voyage,swashbuckler = ship,anchor,skull
shark,jaws,fish,fishing,dolphins,whale,nemo = fish,sea
island,stranded,tropical,hawaii,beach,castaway,caribbean = island,ship
snow,winter,antarctica,alaska,arctic,ice,frozen,cold,frost,finnish = snowflake,snow,mountain
christmas,holiday,xmas = tree,snow,candle
mountain,mountains,mountain climbing,everest,alps,himalaya,hill = mountain,tent
desert,sahara,arabia,dune,egypt,middle east,iran = desert,sun
western,spaghetti western,cowboy,cowboys,outlaw,frontier,native americans,texas,mexico = cactus,badge,horse,desert,pistol
sheriff,police,police investigation,cop,police corruption,marshal,deputy = badge,pistol
horses,horse,racing horses = horse
forest,jungle,wilderness,woods,trees,nature,environmental,ecology = forest,leaf,tree
tree,trees,garden,eden,environment = tree,leaf,flower
flowers,flower,rose,magnolia,orchid,blossom,spring,cherry = flower,butterfly
harvest,farm,farming,rural,southern theme,corn,wheat,heaven,fields = field,sun
rain,raining,storm,singin',umbrella,cherbourg,hurricane = rain,lightning
volcano,thunder,electric,lightning,monster,frankenstein,mutants,super-hero,superhero,superheroes,super hero,marvel,dc comics,comic book,thor = lightning,burst,star
explosions,bombs,bomb,terrorism,dynamite,action packed,hurt,strangelove = bomb,burst
apocalypse,end of the world,disaster,post-apocalyptic,catastrophe = burst,sun,wall
city,new york city,new york,manhattan,chicago,tokyo,hong kong,metropolis,urban,big city,skyscraper = skyline,windows,bridge
san francisco,brooklyn,bridge,kwai,golden gate = bridge
suburbia,neighbours,voyeurism,rear window,surveillance,apartment,hotel,hotels,lives of others = windows,eye,keyhole
house,haunted house,home,ghosts,gothic,family,psycho,mansion,small town,ghost,cabin = house,candle,door
road,road trip,road movie,highway,route,runaway,travel,lost highway = road,wheel,compass,suitcase
cars,car,car chase,racing,race,classic car,driver,taxi,drive,fast,ferrari = car,wheel,road
motorcycle,bicycle,bike,bicycles,wheels,rider = wheel,road
train,trains,railway,station,express,snowpiercer,railroad,subway = train
aviation,airplane,airport,plane,planes,pilot,flight,flying,wings,aeroplane = aeroplane,balloon
balloon,whimsical,up,flying house = balloon
immigrants,homeless,departures,suitcase,terminal,exile = suitcase,compass
travel,globe,world,around the world,earth,global warming,colonialism,united nations = globe,compass
treasure,treasure hunt,adventure,archaeology,quest,indiana jones,exploration,wild = compass,tent,mountain
prison,prison escape,escape,jail,shawshank,condemned,alcatraz,convict,death penalty = bars,ladder,key
holocaust,concentration camp,genocide,slavery,slave,auschwitz,iron = barbed,wall,people
east germany,berlin,wall,cold war,communism,iron curtain,segregation = wall,barbed,star
courtroom,courtroom drama,lawyers,lawyer,justice,trial,court,law,jury,verdict = scales,columns,people
politics,president,political,corruption,washington,government,rome,senate,roman,greek = columns,people,star
heist,bank robbery,robbery,thief,thieves,vault,bank,caper,steal,ocean's = vault,key,keyhole,ladder
secrets,secret,mystery,enigmatic,conspiracy,private detective,detective,investigation,murder mystery,clue = keyhole,magnifier,key,fingerprint,eye
serial killer,murder,crime scene,identity,mistaken identity,alter ego,forensic,killer,confession = fingerprint,dagger,mask
paranoia,conversation,espionage,spies,spy,cia,fbi,secret service,james bond,bourne,agent,undercover cop = eye,keyhole,target,telephone
hitman,assassin,assassination,sniper,hunting,hunter,hit men,hunt,hunger = target,pistol
gangsters,gangster,mafia,organized crime,mob,godfather,gunfight,guns,gun,gangs,bullets,reservoir = pistol,hat,cards
film noir,neo-noir,noir,private eye,hard boiled = blinds,hat,door,windows
1920s,1930s,prohibition,detective story,chaplin,hats,top hat = hat,cocktail
gambling,poker,casino,las vegas,cards,hustler,cheating,con artists,con men,sting = cards,dice,chess
destiny,chance,luck,fate,coincidence,choice,multiple storylines = dice,maze,scales
chess,strategy,game,bishop,pawn,seventh seal,manipulation = chess,maze
king,queen,prince,princess,crown,royal,royalty,monarchy,emperor,empire,lord,kings,shakespeare,costume drama,versailles = crown,chess
medieval,knights,sword fight,sword fighting,king arthur,excalibur,duel,knight,gladiator,braveheart,fantasy world,high fantasy = sword,crown,horse
samurai,japan,kung fu,martial arts,wuxia,ninja,kurosawa,yojimbo,ronin = katana,sun,bird
boxing,boxer,raging,rocky,fighter,million dollar,creed = boxing
wrestling,fighting,fight scenes,fight,violence,brutal = boxing,burst,claws
soccer,sports,basketball,football,baseball,beckham,team,hoop,competition,underdog = ball,stairs
war,world war ii,world war i,military,soldier,soldiers,army,vietnam war,civil war,anti-war,battle,vietnam,iraq war,platoon,paths = chevrons,barbed,star,target
propaganda,revolution,fascism,nazis,rebellion,potemkin,strike,protest,workers = rays,hand,star,wall
horror,slasher,gore,gory,scary,creepy,nightmare,cannibalism,dark,brutality,evil = claws,skull,drips,dagger
blood,vampires,vampire,dracula,bloody,splatter,there will be blood,oil = drips,lips,claws
death,skeleton,afterlife,grave,dead,zombies,zombie,day of the dead,macabre = skull,hand,candle
witch,witches,halloween,witchcraft,magic,wizards,cats,cat,harry potter = cat,candle,moon,owl
stage magic,magician,prestige,rabbits,rabbit,bunny,harvey,alice = rabbit,hat,cards
owl,owls,wisdom,school,boarding school = owl,book
spider,spiders,web,spider-man,charlotte,arachnid = web,spider
snake,snakes,serpent,python,jungle book = snake
dog,dogs,amores perros,lassie,hound,wallace = dog,bone
dinosaurs,jurassic,prehistoric,evolution,fossil = bone,claws
birds,bird,crow,falcon,eagle,hawk,penguins,migration,swan,robin,mockingbird,swallow,birdman = bird
butterfly,transformation,metamorphosis,silence,silence of the lambs,moth = butterfly
animals,talking animals,pets,animal = cat,rabbit,dog,bird,fish
love story,romance,love,romantic,romantic comedy,love triangle,passionate,kiss = heart,circles,lips,flower,envelope
marriage,wedding,bride,divorce,relationships,adultery,infidelity,widow,husband,wife = circles,halves,heart,envelope
sexuality,erotic,prostitution,seduction,sexy,temptation = lips,keyhole,snake
loneliness,isolation,solitude,lost,alone,alienation = door,people,windows,house
father-son relationship,mother-son relationship,sisters,brothers,twins,double,friendship,unlikely friendships,buddy movie = circles,halves,bird
letters,letter,mail,postman,correspondence,journalism,messages,post = envelope,book
telephone,phone,call,dial,communication,hostage,kidnapping = telephone
journalism,spotlight,newspaper,press,scandal,whistleblower = book,magnifier,camera
books,writers,literature,writer's life,poetry,poet,storytelling,novel,literary adaptation,library,fairy tale,fairy tales,neverending = book,crown,key
photography,photographer,blow-up,camera,image = camera,eye
movie business,hollywood,cinema,movies,film,filmmaking,projector,paradiso = film,camera,beams
television,tv,network,news,talk show,truman = television,noise
media,radio,broadcast = microphone,pulse,television
stand-up comedy,comedian,singer,karaoke,talk = microphone
musicians,music,musical,music business,pianist,songs,sing = notes,record,piano,microphone
piano,pianist,classical music,mozart,amadeus,composer,opera,sonata = piano,notes,pulse
jazz,trumpet,blues,saxophone,new orleans = trumpet,piano,record
rock and roll,guitar,punk,beatles,rock,country,folk,buena vista = guitar,record,beams
hip hop,vinyl,soundtrack,dj,disco = record,pulse
dance,dancing,ballet,dancer,shall we dance,tango,fever = dancer,ribbons
theatre,theater,broadway,stage,based on a play,puppets,circus,actor,performance,backstage,cabaret,muppets,moulin = stageCurtain,mask,beams
circus,clowns,clown,carnival,fair,greatest show = tent,rays,mask
mask,masks,batman,vigilante,dark hero,disguise,phantom,cross dressing,zorro,superhero identity = mask
food,cooking,restaurant,chef,eating,ratatouille,feast,dinner,chocolate,kitchen,sushi = plate
drinking,alcoholism,wine,bar,beer,martini,party,sideways,cocktail,rick's = cocktail
religion,catholicism,christianity,god,church,biblical,jesus,nun,priest,faith,monk,devil,angels = cross,candle,hand
jewish,judaism,islam,buddhism,meditation,mindfulness,meditative = candle,contours
india,bollywood,gandhi = hand,flower,rays
hands,hand,strangers,scissorhands,pickpocket,schindler = hand
blindness,eyes,eye,vision,see,watch,sight,psychic = eye
coming of age,childhood,growing up,adolescence,teenagers,rags to riches,ambition,success,climb,capitalism,corporate america,business,parasite = stairs,ladder,balloon
high school,school,teacher,education,college,students,boarding = book,blocks,bulb
toys,kids,kids and family,children,lego,pixar,stop motion,claymation,animation,play,toy = blocks,balloon,rabbit
inspirational,biopic,inventor,idea,imagination,creativity,edison,bright,light,shining,illuminated = bulb,rays
art,artist,painter,painting,bauhaus,art house = squares,halves,blocks
twist ending,twists & turns,puzzle,maze,labyrinth,complicated plot,nonlinear,unusual plot structure = maze,spiral,squares
claustrophobic,trapped,hostage crisis,box,cube,room = squares,door,bars
conformity,crowd,ensemble cast,dystopia,social commentary,class,working class,people,men,society,stalinism = people,wall,windows
existentialism,philosophical,allegory,absurd,meaning of life = halves,contours,door,stairs
mental illness,psychology,psychological,mental hospital,psychiatry,schizophrenia,depression,split = halves,maze,spiral,contours
poverty,slum,slums,favela,streets = wall,stairs,ladder
suspense,tense,chase,fugitive = stairs,spiral,blinds
`;

interface Signal {
  motif: MotifName;
  /** 0.5–1: how well it fits. */
  fit: number;
}

const byPhrase = new Map<string, Signal[]>();
for (const line of LINES.trim().split('\n')) {
  const [phrases = '', motifs = ''] = line.split(' = ');
  const signals = motifs
    .split(',')
    .map((motif, i) => ({ motif: motif.trim() as MotifName, fit: 1 - 0.12 * i }));
  for (const phrase of phrases.split(','))
    byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), ...signals]);
}

/** Motifs a tag's whole name speaks for. */
export const signalsOfTag = (name: string): readonly Signal[] => byPhrase.get(name.toLowerCase()) ?? [];

/** Motifs the single words of a title speak for. */
export const signalsOfTitle = (title: string): Signal[] =>
  (title.toLowerCase().match(/[\p{L}'’-]+/gu) ?? []).flatMap((word) => byPhrase.get(word) ?? []);

/** Every motif that is named above, for a test that each of them exists. */
export const signalledMotifs = (): Set<string> =>
  new Set([...byPhrase.values()].flat().map(({ motif }) => motif as string));

/** What to draw when only the genre is known; the rarer the genre, the more it says. */
export const BY_GENRE: Readonly<Record<string, { weight: number; motifs: readonly MotifName[] }>> = {
  Western: { weight: 1, motifs: ['cactus', 'badge', 'horse', 'sun', 'desert', 'pistol', 'wheel'] },
  War: { weight: 0.9, motifs: ['chevrons', 'barbed', 'target', 'rays', 'star', 'wall', 'aeroplane'] },
  'Film-Noir': { weight: 1, motifs: ['blinds', 'hat', 'door', 'windows', 'stairs', 'eye', 'rain'] },
  Noir: { weight: 1, motifs: ['blinds', 'hat', 'door', 'windows', 'stairs', 'eye', 'rain'] },
  Music: { weight: 0.9, motifs: ['notes', 'record', 'piano', 'microphone', 'guitar', 'beams', 'pulse', 'ribbons'] },
  Musical: { weight: 0.9, motifs: ['notes', 'stageCurtain', 'dancer', 'beams', 'ribbons', 'piano', 'star'] },
  Documentary: { weight: 0.75, motifs: ['film', 'camera', 'contours', 'globe', 'halftone', 'people', 'squares', 'fingerprint', 'magnifier'] },
  Horror: { weight: 0.85, motifs: ['claws', 'skull', 'drips', 'eye', 'candle', 'house', 'hand', 'web', 'dagger', 'door'] },
  Animation: { weight: 0.7, motifs: ['blocks', 'balloon', 'rabbit', 'star', 'rays', 'cat', 'butterfly', 'bird', 'leaf', 'mountain'] },
  Children: { weight: 0.7, motifs: ['blocks', 'balloon', 'rabbit', 'star', 'tent', 'dog', 'tree'] },
  Family: { weight: 0.6, motifs: ['balloon', 'blocks', 'house', 'tree', 'dog', 'star', 'tent', 'rabbit'] },
  'Science Fiction': { weight: 0.8, motifs: ['space', 'saturn', 'rocket', 'atom', 'saucer', 'robot', 'halftone', 'maze', 'noise'] },
  'Sci-Fi': { weight: 0.8, motifs: ['space', 'saturn', 'rocket', 'atom', 'saucer', 'robot', 'halftone', 'maze', 'noise'] },
  Mystery: { weight: 0.75, motifs: ['keyhole', 'magnifier', 'key', 'fingerprint', 'maze', 'door', 'eye', 'candle', 'spiral'] },
  History: { weight: 0.6, motifs: ['columns', 'crown', 'rays', 'hourglass', 'people', 'sword', 'compass', 'ship'] },
  Fantasy: { weight: 0.7, motifs: ['moon', 'crown', 'book', 'owl', 'mountain', 'key', 'star', 'sword', 'candle', 'butterfly'] },
  Romance: { weight: 0.6, motifs: ['heart', 'circles', 'flower', 'lips', 'envelope', 'halves', 'rain', 'ribbons', 'moon'] },
  Adventure: { weight: 0.55, motifs: ['compass', 'mountain', 'sea', 'globe', 'balloon', 'tent', 'island', 'sun', 'bird'] },
  Crime: { weight: 0.6, motifs: ['pistol', 'blinds', 'fingerprint', 'hat', 'cards', 'skyline', 'vault', 'bars', 'door', 'telephone'] },
  Thriller: { weight: 0.5, motifs: ['spiral', 'stairs', 'eye', 'blinds', 'target', 'telephone', 'door', 'contours', 'windows'] },
  Action: { weight: 0.5, motifs: ['burst', 'target', 'lightning', 'bomb', 'car', 'chevrons', 'pistol', 'halftone'] },
  Comedy: { weight: 0.4, motifs: ['bulb', 'cocktail', 'plate', 'telephone', 'hat', 'lips', 'suitcase', 'rays', 'mask', 'balloon', 'blocks', 'car'] },
  Drama: { weight: 0.3, motifs: ['halves', 'door', 'contours', 'circles', 'windows', 'squares', 'leaf', 'road', 'field', 'bird', 'house', 'stairs', 'rain', 'people', 'sea'] },
}; // prettier-ignore

/** For titles of whose genre nothing is known. */
export const ANYTHING: readonly MotifName[] = ['halves', 'circles', 'contours', 'squares', 'rays', 'sun', 'blocks', 'halftone', 'spiral', 'ribbons']; // prettier-ignore
