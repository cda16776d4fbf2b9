/**
 * The catalogue of the shop that the products data set is about: written for this project, no real brands, free to use.
 * One line per product: name | description | price in euros | what its next edition will claim. A product's id is its
 * place in this file ("p-001" is the first): new ones go to the end, or the ids of all that follow change. `products.ts`
 * reads and checks all of it.
 */

/** One department of the shop, as written. */
export interface CatalogueSection {
  readonly category: string;
  /** One product per line, fields separated by bars. */
  readonly products: string;
}

export const catalogue: readonly CatalogueSection[] = [
  {
    category: "Running shoes",
    products: `
Larch waterproof trail shoe | Grippy running shoe with a sealed membrane for wet hill paths | 129.90 | softer heel collar
Bramble trail running shoe | Deep lugs bite into mud and loose stone on steep descents | 119.00 | sharper lugs
Switchback trail runner | Rock plate and firm foam for long days of running in the hills | 139.00 | wider toe box
Puddle waterproof road runner | Rainproof running shoe with a tall cuff for wet commutes | 114.50 | taller cuff
Morning road running shoe | Soft everyday cushioning for easy kilometres on tarmac | 99.90 | springier foam
Arrow carbon racer | Stiff carbon plate under light foam, for fast road races | 189.00 | lighter plate
Marathon cushion shoe | Springy high foam that stays soft past thirty kilometres | 154.90 | more foam in the heel
Straightline stability shoe | Supportive road running shoe for feet that roll inward | 124.00 | firmer arch
Featherfoot barefoot shoe | Zero drop and a thin flexible sole to feel the ground | 84.90 | thinner sole
Frostbite winter runner | Carbide studs and a warm lining for runs on ice and snow | 144.00 | longer studs
Tussock fell racer | Close fitting shoe with long studs for grass, bog and heather | 109.90 | stickier edges
Broadway wide road shoe | Roomy toe box and plush cushioning for broad feet | 104.90 | smoother seams
Pinecone kids trail shoe | Tough running shoe for children with a quick elastic lace | 54.90 | glow-in-the-dark heel
Hundred metre sprint spike | Six-pin plate and a snug upper for the running track | 94.50 | lighter spikes
Towpath gravel runner | One running shoe for the road to the park and the gravel beyond | 112.00 | tougher heel
Breeze gym trainer | Airy mesh upper and low weight for treadmill and weights | 79.90 | cooler upper
Easy Sunday recovery sandal | Contoured slip-on to rest tired feet after a long run | 39.90 | thicker strap
Nightfall ultra trail shoe | Wide base and thick cushioning for a hundred trail kilometres | 164.90 | deeper tread
Checkpoint orienteering shoe | Metal studs and ripstop upper for running through forest | 118.00 | braided laces
Quicklace triathlon shoe | Drains water, slips on wet feet and runs sockless | 134.90 | drains faster
`,
  },
  {
    category: "Hiking boots",
    products: `
Stonecrop leather hiking boot | Full-grain leather and a stiff sole for rocky mountain trails | 189.90 | thicker leather
Dew Hollow waterproof boot | Light hiking boot with a breathable waterproof lining | 149.90 | new lacing hooks
Meadow low hiking shoe | Suede walking shoe for day hikes and town pavements | 94.90 | wider sizes
Scree approach shoe | Sticky rubber edge for scrambling to the foot of the climb | 129.00 | grippier rim
Glacier mountaineering boot | Insulated boot that takes crampons, for ice and high summits | 349.00 | warmer lining
Wide Valley hiking boot | Extra broad last and soft ankle padding for wide feet | 159.90 | roomier toe
Featherstep fast hiking boot | Mid-height boot as light as a trainer for quick hikers | 139.90 | lighter sole
Snowdrift winter boot | Fleece lining and deep tread for walks in snow to minus thirty | 134.50 | higher cuff
Acorn kids hiking boot | Waterproof hiking boot for children with two easy straps | 64.90 | brighter colours
Marshland rubber boot | Knee-high natural rubber wellington for mud and puddles | 59.90 | lined with neoprene
Desert canvas boot | Quick drying canvas and drainage eyelets for hot, dry trails | 109.00 | bigger eyelets
Creekside hiking sandal | Closed toe sandal with a grippy sole for stream crossings | 74.90 | washable footbed
Woodcutter work boot | Steel toe and oiled leather for forest and building site | 169.00 | oil-proof sole
Hut slipper bootie | Packable quilted slipper to wear in the mountain hut | 34.90 | non-slip sole
Ridge walker vegan boot | Hiking boot of recycled fibre, no leather and no animal glue | 144.90 | recycled laces
Long Haul trekking boot | High cuff and shock-absorbing heel for weeks under a heavy pack | 229.00 | softer ankle cuff
Snowshoe pair with heel lift | Light aluminium snowshoes with a climbing bar for steep slopes | 179.00 | quicker bindings
Ice grip overshoe chains | Steel spikes that stretch over any boot on icy pavements | 42.90 | stronger links
Mudguard hiking gaiters | Waterproof gaiters keep snow, mud and seeds out of the boot | 36.90 | stiffer hem
Cork comfort insole | Moulded cork footbed that eases aching heels on long hikes | 24.90 | softer heel cup
`,
  },
  {
    category: "Jackets",
    products: `
Cloudburst rain jacket | Three-layer waterproof shell with taped seams for heavy rain | 229.00 | two-way zip
Drizzle packable rain jacket | Folds into its own pocket, weighs as much as an apple | 89.90 | softer hood
Hearth insulated rain jacket | Warm padded jacket with a waterproof shell for cold, wet days | 199.00 | longer back hem
Northwind winter parka | Long down parka with a storm hood for bitter cold | 329.00 | fur-free hood
Goosefeather down jacket | Light, warm 700-fill down that packs to the size of a melon | 189.90 | recycled down
Ember synthetic jacket | Insulated jacket that stays warm when wet and dries fast | 139.90 | lighter lining
Harbour waxed jacket | Waxed cotton coat with a corduroy collar and big pockets | 179.00 | new wax recipe
Ridgewind softshell jacket | Stretchy, windproof jacket for brisk hikes and ski tours | 119.90 | stretchier sleeves
Gust wind jacket | Paper-thin windbreaker for runners and riders | 64.90 | packs into a pouch
Puddle kids rain jacket | Bright waterproof jacket for children with reflective bands | 49.90 | longer cuffs
Tramline city raincoat | Knee-length waterproof coat that looks at home in an office | 159.00 | detachable hood
Downpour cycling rain jacket | Cut long at the back, with vents, for riding in the rain | 129.00 | reflective piping
Fjord three-in-one jacket | Warm fleece zips into a waterproof shell for every season | 209.00 | quieter shell
Quilted garden vest | Padded body warmer leaves the arms free for work outside | 69.90 | two inside pockets
Summit hardshell jacket | Helmet hood and pit zips for alpine climbing in any storm | 399.00 | larger pit zips
Forest wool coat | Dense boiled wool shrugs off showers, wind and campfire sparks | 219.00 | horn buttons
Lifeline ski jacket | Snow skirt, pass pocket and rescue reflector for the piste | 249.00 | warmer cuffs
Poncho with pack cover | Roomy rain poncho that keeps walker and rucksack dry | 44.90 | snaps at the sides
Belay hooded down parka | Thick down parka to throw over everything at a cold stance | 289.00 | two-way zip
Sunshade hooded shirt jacket | Airy layer that blocks ultraviolet light on bright days | 74.90 | thumb loops
`,
  },
  {
    category: "Clothing",
    products: `
Merino long-sleeve base layer | Fine wool next to the skin, warm and slow to smell | 79.90 | flatter seams
Merino running T-shirt | Thin wool shirt that dries between two runs | 59.90 | longer back
Thermal leggings base layer | Brushed long johns to wear under ski or winter trousers | 49.90 | softer waistband
Campfire fleece pullover | Thick, soft fleece with a half zip and a hand pocket | 69.00 | recycled yarn
Grid fleece hoodie | Stretch fleece with a close hood that fits under a helmet | 84.90 | thumb loops
Zip-off hiking trousers | Walking trousers that turn into shorts at the knee | 74.90 | zipped thigh pocket
Waterproof overtrousers | Side zips pull on over boots when the rain begins | 69.90 | longer side zips
Lined winter trousers | Windproof hiking trousers with a brushed warm inside | 99.90 | taller sizes
Split running shorts | Featherweight shorts with a key pocket and mesh brief | 34.90 | second key pocket
Winter running tights | Warm brushed leggings with reflective ankles | 54.90 | phone pocket
Padded cycling shorts | Seamless chamois for hours in the saddle | 64.90 | denser padding
Hiking socks, wool, two pairs | Cushioned merino socks that stop blisters | 26.90 | reinforced heel
Thin running socks, three pairs | Ankle-high socks with a ventilated arch | 19.90 | seamless toe
Lambswool beanie | Ribbed knitted hat that covers the ears | 24.90 | folded brim
Wide brim sun hat | Shades face and neck, floats, folds flat | 32.00 | wider chin strap
Windproof fleece gloves | Winter gloves whose fingertips work a touch screen | 29.90 | longer wrist
Waterproof ski mittens | Insulated mittens with a long cuff and a wrist leash | 59.90 | leather palm
Merino neck gaiter | Wool tube worn as scarf, mask or headband | 22.90 | extra long cut
Flannel check shirt | Brushed cotton shirt, heavy enough for a chilly evening | 49.90 | pearl snap buttons
Leather belt, oak tanned | Plain belt with a brass buckle that will outlive the trousers | 39.90 | longer sizes
`,
  },
  {
    category: "Tents",
    products: `
Wren one-person tent | Solo backpacking tent, just over a kilo with pegs | 249.00 | lighter pegs
Robin two-person tent | Freestanding dome with two doors and two porches | 289.00 | taller porch
Skylark ultralight 2-person tent | Single-wall shelter pitched with trekking poles | 379.00 | stronger guy lines
Heron three-person tent | Tunnel tent with a porch long enough for wet boots | 339.00 | clear window
Stork family tent for six | Standing height, two bedrooms and a darkened sleeping area | 549.00 | quicker poles
Storm Petrel four-season tent | Geodesic poles hold against snow load and gales | 699.00 | snow skirt
Pop-up festival tent | Throw it, peg it, done: two sleepers, one weekend | 69.90 | easier folding
Roof rack car tent | Hard-shell box opens into a double bed on top of the car | 1899.00 | reading lights
Cotton bell tent | Canvas glamping tent, five metres wide, with a stove opening | 649.00 | thicker canvas
Rain tarp 3 x 4 | Waterproof tarp with sixteen loops for a hundred pitches | 79.90 | reflective loops
Camping hammock with straps | Parachute nylon hammock hangs between trees in a minute | 54.90 | wider straps
Mosquito net tent | Fine mesh inner keeps insects out on hot nights | 64.90 | finer mesh
Bivouac bag, waterproof | Breathable sack around a sleeping bag instead of a tent | 129.00 | longer zip
Beach shelter | Sun tent with sand pockets that opens like an umbrella | 44.90 | more sand pockets
Tent footprint, two-person | Groundsheet protects the tent floor from roots and stones | 39.90 | lighter fabric
Titanium tent pegs, set of eight | Thin, light stakes for hard ground | 32.90 | bright cord ends
Snow and sand anchors | Broad pegs that hold a tent where ordinary ones pull out | 27.90 | carry bag
Guy line set, reflective | Four cords with tensioners that shine in a torch beam | 12.90 | longer cords
Tent repair kit | Patches, seam sealer, pole splint and needle in a tin | 16.90 | glue for silicone
Kids play tipi | Cotton wigwam with wooden poles for garden and nursery | 84.90 | painted poles
`,
  },
  {
    category: "Sleeping bags",
    products: `
Dormouse summer sleeping bag | Thin synthetic bag for warm nights, packs to a loaf | 59.90 | softer hood
Hedgehog 3-season sleeping bag | Down bag good to freezing, with a baffle behind the zip | 229.00 | snag-free zip
Ermine winter down bag | Thick down sleeping bag rated to minus eighteen | 419.00 | warmer collar
Otter synthetic sleeping bag | Keeps its warmth when damp, comfortable to two degrees | 119.00 | drier shell
Bear Cub kids sleeping bag | Grows with the child by means of a zip-on foot section | 69.90 | owl print
Double Nest sleeping bag | Wide bag for two with a zip on either side | 159.00 | wider hood
Featherlight down quilt | Backless quilt for ultralight hikers, strap it to a mat | 259.00 | longer straps
Silk sleeping bag liner | Adds a few degrees and keeps the bag clean in huts | 59.00 | stronger seams
Cotton hostel liner | Washable travel sheet with a pillow pocket | 24.90 | softer cotton
Inflatable sleeping mat | Eight centimetres of air under you, half a kilo in the pack | 109.00 | quieter surface
Insulated winter sleeping mat | Reflective layers inside an air mat for sleeping on snow | 179.00 | warmer by a layer
Self-inflating camping mattress | Open the valve, wait, sleep on five centimetres of foam | 74.90 | flatter valve
Folding foam mat | Closed-cell pad that cannot puncture, for tent or hut floor | 34.90 | grippier surface
Double airbed with foot pump | Guest bed at home, flocked comfort in the family tent | 64.90 | quicker pump
Inflatable camping pillow | Brushed cover over air, as small as a lemon when packed | 22.90 | washable cover
Down travel pillow | Little feather pillow that stuffs into its own corner | 36.90 | firmer filling
Folding camp bed | Aluminium cot keeps you off cold or stony ground | 99.90 | quicker legs
Wool camp blanket | Heavy checked blanket for the fire, the car and the sofa | 89.00 | tighter weave
Emergency survival bag | Foil bivouac sack reflects body heat, weighs next to nothing | 14.90 | resealable zip
Compression stuff sack | Four straps squeeze a sleeping bag to half its volume | 19.90 | wider straps
`,
  },
  {
    category: "Backpacks",
    products: `
Highroad 65 trekking backpack | Adjustable back and a broad hip belt for loads of twenty kilos | 219.00 | softer hip belt
Daytrip 20 hiking backpack | Ventilated mesh back, rain cover and two bottle pockets | 89.90 | bigger bottle pockets
Overnight 38 backpack | Enough room for hut sheets, stove and a change of clothes | 139.00 | larger front pocket
Ultralight 45 rucksack | Frameless roll-top pack under seven hundred grams | 189.00 | tougher base
Office laptop backpack | Padded sleeve for a sixteen-inch laptop and a luggage strap | 79.90 | flat charger pocket
Waterproof roll-top backpack | Welded seams keep a laptop dry on the wettest commute | 109.00 | quieter closure
Canvas school backpack | Waxed cotton daypack with leather straps and a pencil pocket | 69.90 | brass buckles
Kids hiking backpack | Small rucksack with a chest strap and a whistle for children | 39.90 | reflective strips
Child carrier backpack | Seat, sunshade and kickstand to carry a toddler up a hill | 229.00 | wider sunshade
Trail running vest 8 l | Hugging pack with two soft flasks for long trail runs | 99.90 | bigger flasks
Summit 30 climbing pack | Slim pack with ice axe loops and a rope strap | 129.00 | ice tool loops
Photo backpack with side door | Padded dividers reach a camera without taking the pack off | 149.00 | tripod straps
Hip pack 4 l | Bum bag for phone, wallet, keys and a bottle on short walks | 34.90 | phone pocket
Travel duffel 60 l | Tough holdall that can be worn as a backpack | 119.00 | wheels as an option
Cabin wheeled suitcase | Carry-on trolley with four quiet wheels and a tough shell | 139.00 | smoother handle
Dry bag set | Three roll-top sacks keep clothes and phone dry on the water | 34.90 | clear window
Backpack rain cover | Bright elastic cover for rucksacks of thirty to fifty litres | 19.90 | reflective print
Packing cubes, set of four | Zipped mesh pouches bring order to a suitcase | 29.90 | lighter mesh
Hydration bladder 2 l | Drinking tube and wide opening, fits most backpacks | 36.90 | quick-release hose
Foldable market rucksack | Shopping bag with shoulder straps that folds into a pouch | 17.90 | inside pocket
`,
  },
  {
    category: "Lighting",
    products: `
Owl 400 head torch | Rechargeable headlamp with red light and a reading mode | 49.90 | brighter beam
Nightjar running head torch | Bounce-free headlamp with a rear light for night runs | 79.90 | brighter rear light
Glow-worm kids head torch | Small, gentle headlamp that switches itself off | 19.90 | softer strap
Caver 1200 headlamp | Twelve hundred lumens and a separate battery for the belt | 159.00 | longer cable
Pocket torch | Aluminium flashlight no longer than a finger | 24.90 | belt clip
Searchlight hand torch | Focusing beam that reaches three hundred metres | 69.90 | battery gauge
Dynamo crank torch | Wind the handle for a minute, get light for twenty | 22.90 | longer handle
Firefly camping lantern | Rechargeable lantern with a dimmer and a hook for the tent | 44.90 | USB-C charging
Storm paraffin lantern | Galvanised oil lamp with a glass globe and a steady flame | 29.90 | brass finish
Solar garden lights, six | Stake lamps that charge by day and mark the path by night | 39.90 | warmer light
Festoon string lights | Ten metres of warm bulbs for terrace, awning or tree | 34.90 | shatterproof bulbs
Reading lamp with clamp | Swan-neck LED light grips a shelf, a bed or a book | 27.90 | third brightness
Oak desk lamp | Jointed wooden arm and a dimmable warm LED | 89.90 | heavier base
Paper pendant lamp | Folded shade that softens the light above a table | 54.00 | larger sizes
Bedside wake-up light | Slow artificial sunrise before a quiet alarm | 74.90 | birdsong alarm
Motion sensor night light | Battery lamp for stairs and cupboards, sticks anywhere | 17.90 | wider sensor
Beeswax candles, four | Hand-rolled candles that smell of honey | 18.50 | longer burning
Rechargeable AA batteries, eight | Low self-discharge cells for lamps, torches and toys | 21.90 | more capacity
Solar power bank | Charges a phone twice, tops itself up in the sun | 59.90 | USB-C charging
Signal beacon with whistle | Flashing emergency strobe for sea and mountains | 33.00 | brighter strobe
`,
  },
  {
    category: "Camp kitchen",
    products: `
Spark folding gas stove | Screw-on camping stove of ninety grams boils a litre in minutes | 39.90 | wider pot supports
Two-burner camping stove | Gas cooker with windshields for a hungry family | 119.00 | stronger hinges
Heat exchanger camping stove | Pot and burner in one, boils fast in any wind | 129.00 | larger pot
Trapper wood stove | Burns twigs and cones in a folding steel box | 59.90 | lighter by a third
Still Hour spirit cooker | Alcohol burner, windshield and pans nest together, no noise | 84.90 | tighter lid
Gas canister 230 g | Butane and propane mix for camping stoves, threaded valve | 6.90 | recycled steel
Titanium pot 750 ml | Solo cooking pot with a lid and folding handles | 49.90 | lid with a strainer
Camping pan set | Two pots and a frying pan nest in one bag, non-stick | 64.90 | tougher coating
Enamel mug | Speckled steel cup for coffee by the fire | 11.90 | blue rim
Long-handled titanium spork | Reaches the bottom of a meal pouch | 12.90 | longer handle
Steel water bottle 1 l | Single-wall bottle that may stand in the embers | 24.90 | wider neck
Vacuum flask 0.75 l | Keeps tea hot for a whole winter day | 34.90 | leakproof stopper
Squeeze water filter | Hollow fibres clean a litre of stream water a minute | 44.90 | faster flow
Water purification tablets | Chlorine dioxide makes a hundred litres safe to drink | 14.90 | shorter waiting time
Folding water canister 10 l | Collapsible jug with a tap for the campsite | 19.90 | sturdier tap
Cool box 28 l | Keeps food and drinks cold for three days with ice packs | 89.00 | stronger hinges
Dutch oven, cast iron | Stew, roast and bake bread in the coals | 79.90 | feet for the coals
Fire steel and striker | Three thousand sparks, wet or dry | 16.90 | larger handle
Mountain meal, lentil dal | Freeze-dried vegan dinner, just add boiling water | 9.90 | larger portion
Oat and cherry energy bars, 12 | Chewy snack for the trail, no added sugar | 21.90 | less sugar
`,
  },
  {
    category: "Coffee and tea",
    products: `
Hand coffee grinder | Steel conical burrs and a folding crank, espresso to filter | 89.00 | finer adjustment
Electric burr coffee grinder | Forty grind settings and a timer for beans by the cup | 149.00 | quieter motor
Travel coffee mill | Slim manual grinder for coffee beans in the rucksack | 59.90 | shorter crank
Espresso machine, single boiler | Fifteen bars, a steam wand and a tamper worth having | 349.00 | quicker heating
Stovetop espresso pot | Six-cup aluminium moka pot for gas and electric hobs | 32.90 | heatproof handle
Pour-over coffee dripper | Ceramic cone with spiral ribs for filter coffee | 24.90 | deeper ribs
Glass coffee carafe with filter | Hourglass brewer with a wooden collar, six cups | 44.90 | thicker glass
French press 1 l | Double-wall steel coffee press that stays hot | 49.90 | finer mesh
Cold brew jug | Steeps ground coffee in the fridge overnight | 29.90 | tighter lid
Paper coffee filters, 100 | Unbleached cones for drippers of size two | 5.90 | thicker paper
Gooseneck kettle | Thin spout and thermometer for a slow, even pour | 69.90 | steadier handle
Electric kettle 1.7 l | Boils quickly, set to any temperature for tea | 59.00 | quieter boil
Cast iron teapot | Enamelled inside, holds heat for a long afternoon | 64.90 | second infuser
Porcelain tea set | Teapot and four cups with a brushed blue rim | 79.00 | gift box
Loose leaf tea infuser | Fine steel basket that fits any mug | 13.90 | finer basket
Green tea from the hills | Hand-picked first flush, grassy and light, 100 g | 14.50 | new harvest
Mountain herb tea | Thyme, sage, mint and rose hip, dried in the shade | 8.90 | more mint
House espresso beans 1 kg | Dark roast with cocoa and hazelnut, whole coffee beans | 22.90 | new harvest
Filter roast beans 500 g | Light roast from highland farms, peach and jasmine | 15.90 | new farms
Insulated coffee cup to go | Leakproof lid, fits under the machine and in a bottle cage | 27.90 | wider grip
`,
  },
  {
    category: "Kitchen",
    products: `
Chef's knife 20 cm | Forged kitchen knife, hard steel and a walnut handle | 94.90 | sharper edge
Serrated bread knife | Long toothed blade for crust without crumbs | 49.90 | longer teeth
Paring knife, set of three | Small sharp knives for peeling and coring | 24.90 | safer grip
Knife sharpening whetstone | Water stone with a coarse and a fine side | 39.90 | non-slip base
Oak chopping board | End-grain cutting board that is kind to blades | 59.00 | deeper groove
Cast iron frying pan 28 cm | Pre-seasoned skillet for steaks, eggs and rösti | 54.90 | smoother surface
Non-stick frying pan 24 cm | Ceramic coated pan for omelettes and pancakes | 42.90 | thicker base
Carbon steel wok | Light, quick pan with a round bottom and a ladle rest | 47.90 | oiled handle
Stainless saucepan set | Three pots with glass lids for every hob | 129.00 | pouring rims
Enamel roasting tin | Deep tray for a Sunday chicken with potatoes | 29.90 | deeper rim
Bread baking pot | Cast lid traps the steam for a crackling crust | 84.90 | wider handles
Digital kitchen scale | Weighs grams to five kilos, switches to ounces | 27.90 | brighter display
Stand mixer 5 l | Kneads dough, beats cream, turns its head | 299.00 | stronger motor
Hand blender | Purees soup in the pot, with a whisk and a beaker | 64.90 | longer cable
Salad spinner | Pull cord, brake and a bowl fit for the table | 32.90 | larger bowl
Glass storage jars, six | Airtight jars with clip tops for flour, rice and beans | 36.90 | new rubber seals
Lunch box, steel | Two compartments with a tight lid for school or trail | 26.90 | third compartment
Pepper mill, beech | Ceramic grinder for peppercorns or coarse salt | 31.90 | finer grind
Linen tea towels, three | Absorbent striped kitchen cloths that dry without lint | 22.90 | hanging loop
Cotton apron | Canvas apron with a deep pocket and crossed straps | 28.90 | longer straps
`,
  },
  {
    category: "Headphones and audio",
    products: `
Quiet Room wireless headphones | Over-ear headphones with active noise cancelling, forty hours | 249.00 | longer battery life
Commuter on-ear headphones | Folding wireless headphones with soft leatherette pads | 89.90 | softer pads
Studio wired headphones | Closed monitor headphones with a long coiled cable | 139.00 | straight cable too
Open-back listening headphones | Airy sound stage for late evenings at home | 299.00 | wider headband
True wireless earbuds | Pocket-sized earphones with a charging case and clear calls | 99.90 | smaller case
Noise cancelling earbuds | Wireless earphones that hush trains and planes | 179.00 | clearer calls
Sports earbuds with ear hook | Sweatproof earphones that stay put on a run | 69.90 | smaller hooks
Bone conduction headset | Open ears for traffic, music through the cheekbone | 129.90 | sweatproof frame
Kids headphones | Volume limited to eighty-five decibels, shareable cable | 34.90 | fox and bear colours
Office headset with microphone | Boom microphone and mute key for long calls | 119.00 | quieter fan noise
Gaming headset | Surround sound, glowing nothing, a good microphone | 109.00 | softer ear pads
Trailside bluetooth speaker | Waterproof speaker with a clip, plays for twelve hours | 59.90 | louder bass
Shelf stereo speakers, pair | Walnut boxes with a built-in amplifier and phono input | 329.00 | wireless input
Kitchen digital radio | Timer, presets and a battery for the balcony | 84.90 | larger display
Wind-up emergency radio | Crank, solar cell and torch for days without power | 44.90 | longer antenna
Belt-drive turntable | Record player with a cartridge ready to play | 279.00 | quieter motor
Voice recorder | Pocket microphone for interviews and birdsong | 74.90 | wind shield
USB podcast microphone | Cardioid condenser on a small table stand | 94.90 | desk arm thread
Foam earplugs, ten pairs | Soft plugs for festivals, workshops and snoring neighbours | 7.90 | softer foam
Headphone stand, ash | Bent wooden arch that keeps the cable tidy | 29.00 | cable hook
`,
  },
  {
    category: "Bikes",
    products: `
Lindenhof city bike | Upright bicycle with seven gears, basket and dynamo lamp | 649.00 | eighth gear
Towline touring bike | Steel frame, rack and mudguards for trips across countries | 1299.00 | stronger rack
Chalk gravel bike | Drop bars and wide tyres for roads that turn to gravel | 1499.00 | wider fork
Root mountain bike | Front suspension and big tyres for forest trails | 1190.00 | better brakes
Uphill electric bike | Quiet mid motor carries you a hundred kilometres | 2490.00 | longer range
Folding commuter bike | Folds small enough for a train in twenty seconds | 890.00 | lighter hinge
Tadpole kids bike 16 inch | First pedal bicycle for children with two hand brakes | 229.00 | lower saddle
Wobble balance bike | Wooden running bike for toddlers from two years | 79.90 | softer grips
Cargo bike with box | Carries two children or the weekly shop | 3290.00 | rain canopy
Nutshell bike helmet | Light ventilated cycling helmet with a turn-wheel fit | 79.90 | rear light
Kids bike helmet | Bright helmet for children, magnetic buckle, insect net | 44.90 | larger sizes
Bike light set, rechargeable | Front and rear lights that charge by cable, rainproof | 49.90 | brighter rear light
U-lock with bracket | Hardened steel bicycle lock with two keys | 59.90 | third key
Pannier bags, waterproof pair | Roll-top bike bags that click onto the rack | 119.00 | lighter hooks
Handlebar bag | Map window, camera pocket and a quick release mount | 54.90 | waterproof zip
Track pump with gauge | Steel floor pump for tyres of every valve | 39.90 | longer hose
Bike multi-tool | Sixteen keys, chain breaker and tyre levers | 29.90 | tubeless tool
Puncture repair kit | Patches, glue and chalk for a flat tyre on tour | 6.90 | faster glue
Trekking tyre 28 inch | Puncture-proof tyre with a reflective sidewall | 34.90 | faster tread
Chain oil, biodegradable | Keeps a bicycle chain quiet in rain and dust | 9.90 | sharper nozzle
`,
  },
  {
    category: "Books and maps",
    products: `
Hut to hut across the Alps | Forty hiking tours with overnight stays, maps and profiles | 29.90 | five more tours
Hiking map of the high valleys | Waterproof trail map, scale one to twenty-five thousand | 14.90 | revised edition
World atlas | Clear relief maps of every continent, fully indexed | 59.00 | updated borders
Cycling map of river routes | Bike paths, ferries and campsites from spring to sea | 12.90 | more ferries
First steps on rock | A book on climbing knots, belaying and good manners | 24.90 | revised edition
The long distance runner's year | Training plans from the first mile to the marathon | 22.90 | plans for beginners
Birds of field and forest | Identification guide with songs to scan and hear | 26.90 | more birdsong
Wild flowers by colour | Pocket guide to alpine and meadow plants | 19.90 | more photographs
Mushrooms, safely | Which to pick, which to leave, and a recipe for each friend | 23.90 | revised edition
Weather for walkers | Read clouds and wind before the storm arrives | 17.90 | new cloud charts
One-pot camping cookbook | Eighty recipes for a single gas stove | 21.90 | ten new recipes
Bread from four ingredients | A baking book about flour, water, salt and time | 27.90 | rye and spelt added
Coffee, bean by bean | How to roast, grind and brew, with a tasting wheel | 25.90 | more brew recipes
The small garden book | Vegetables, herbs and bees on a few square metres | 24.50 | sowing calendar
Stargazing without a telescope | Month by month star charts for the naked eye | 18.90 | charts to 2035
Night on the glacier | A novel about two guides and one missing rope | 14.00 | with an afterword
Tales from a mountain railway | Short stories to read aloud between two stations | 12.50 | two more stories
Repairing bicycles | Illustrated handbook from brakes to spokes | 28.90 | disc brakes added
Animal tracks for children | Colouring book of paws, hooves and feathers | 9.90 | stickers included
Trip journal, dotted | Stone-paper notebook that can be written on in rain | 16.90 | thicker covers
`,
  },
  {
    category: "Climbing",
    products: `
Dry-treated climbing rope 60 m | Single rope, nine and a half millimetres, sheds water | 199.00 | lighter core
Gym climbing rope 40 m | Sturdy sheath for indoor walls and many falls | 109.00 | middle mark
Half ropes, pair 50 m | Thin twin-colour ropes for alpine routes and abseiling | 229.00 | softer sheath
Sport climbing harness | Light harness with padded leg loops and four gear loops | 74.90 | wider gear loops
Kids full body harness | Climbing harness for small children, cannot tip over | 54.90 | brighter straps
Beginner climbing shoe | Comfortable flat rubber sole for first routes | 79.90 | softer heel
Downturned bouldering shoe | Aggressive climbing shoe that hooks overhangs | 139.00 | stickier rubber
Hardshell climbing helmet | Protects against falling stones, with headlamp clips | 64.90 | smaller sizes
Belay device, assisted | Locks the rope by itself when the climber falls | 89.90 | smoother lever
Screwgate carabiner | Pear-shaped locking karabiner for belaying | 14.90 | safer gate
Quickdraws, set of six | Wire-gate carabiners on broad slings for sport climbing | 89.00 | lighter slings
Via ferrata set | Elastic lanyards with a shock absorber and two hooks | 109.00 | larger hooks
Climbing chalk 200 g | Fine magnesium powder for dry hands | 8.90 | finer powder
Chalk bag with brush | Fleece-lined pouch and a belt for bouldering | 22.90 | zipped pocket
Bouldering crash pad | Folding foam mat with shoulder straps | 179.00 | thicker foam
Ice axe, classic | Straight shaft with a forged head for glacier tours | 94.90 | new spike
Twelve-point crampons | Steel spikes that strap on to stiff mountain boots | 149.00 | anti-snow plates
Avalanche transceiver | Three-antenna beacon to search and be found | 289.00 | longer range
Fingerboard, beech | Wooden training board with edges and slopers | 69.90 | more edges
Sling 120 cm | Sewn loop for anchors and spikes of rock | 9.50 | stronger seam
`,
  },
  {
    category: "Garden",
    products: `
Bypass pruning shears | Hand secateurs with a clean cut for roses and fruit trees | 34.90 | sharper blade
Hedge shears | Wavy blades and long handles for box and beech hedges | 44.90 | longer handles
Folding pruning saw | Curved teeth go through a branch on the pull | 29.90 | safer lock
Digging spade | Forged blade and a tread for heavy garden soil | 54.90 | ash handle
Garden fork | Four square tines loosen beds and lift potatoes | 52.90 | stronger tines
Leaf rake | Wide, springy bamboo rake for lawns in autumn | 24.90 | wider head
Hand trowel | Narrow stainless trowel for bulbs and seedlings | 16.90 | depth marks
Garden hose 25 m | Kink-free water hose with four connectors | 49.90 | brass connectors
Oscillating lawn sprinkler | Waters a rectangle of lawn, large or small | 36.90 | quieter gears
Watering can 9 l | Zinc can with a fine brass rose for seedlings | 39.90 | longer spout
Wheelbarrow 80 l | Galvanised tray and a tyre filled with air | 109.00 | larger wheel
Push lawn mower | Cylinder mower without motor, quiet as scissors | 129.00 | sharper cylinder
Tomato seeds, six varieties | Old varieties, red, yellow and black, for balcony and bed | 9.90 | a seventh variety
Wildflower seed mix for bees | Poppy, cornflower and clover for ten square metres | 7.90 | more poppies
Herb growing kit | Basil, parsley and chives with pots for the window sill | 19.90 | larger pots
Terracotta pots, set of three | Clay plant pots with saucers, frost resistant | 32.90 | deeper saucers
Raised bed, larch | Untreated wooden planting bed at waist height | 159.00 | thicker boards
Compost bin 300 l | Ventilated box turns kitchen scraps into soil | 69.90 | easier lid
Goatskin gardening gloves | Supple leather gloves with a thorn-proof cuff | 26.90 | longer cuff
Bird feeder, cedar | Seed house with a slate roof that hangs from a branch | 38.90 | squirrel guard
`,
  },
];
