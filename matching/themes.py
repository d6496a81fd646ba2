"""What councils do and what their digital teams build, each described in words of the trade.

A text is laid beside every theme, and two texts that lie near the same ones are likelier alike
though they share few words: "pothole" and "carriageway defect" meet here. The list follows the
Local Government Service List and the digital work that runs across services; the words are ours.
Its purpose is breadth: a theme is written from knowledge of the sector, not from judged pairs, and
a council's or a product's name is not a theme's word unless the trade says it for the thing.
"""

# A line a theme: its name, a colon, its words. The name's words count too.
WRITTEN = """
Parking permits: parking permit permits resident visitor zone controlled vehicle windscreen
  virtual paperless e-permit scheme
Paying for parking: parking pay machine machines cashless app coins phone car park tariff ticket
Parking enforcement: parking penalty charge notice PCN fine fines civil enforcement officer
  appeal number plate recognition ANPR camera
Blue Badge and concessionary travel: blue badge disabled parking bus pass concessionary travel
  mobility eligibility
Public and demand-responsive transport: bus buses demand responsive on-demand ride minibus rural
  passengers timetable journey booking app transport
School transport: school transport home travel SEND pupils routes taxi passenger assistant
Electric vehicles and charging: electric vehicle EV charging chargepoint charger fleet kerbside
Roads and potholes: highways pothole road defect inspection asset maintenance resurfacing
  carriageway pavement gullies
Reporting street problems: report street problem fault pothole fly-tipping map location
  photograph graffiti
Winter service: gritting salt road temperature sensor weather winter ice snow forecast
Street lighting and sensors: street light lighting lamp column LED sensor internet of things IoT
  LoRaWAN monitoring network
Traffic and road works: traffic signals congestion junction road works permit streetworks
  closure diversion
Active travel: cycling walking cycle lane school street low traffic neighbourhood
Drainage and flooding: flood flooding drainage gully gullies sensor river surface water drain
Waste collection: bin bins waste refuse collection missed round crew in-cab recycling calendar
Garden and bulky waste: garden waste subscription bulky collection large items
Recycling centres: recycling centre tip household waste booking slot permit van
Fly-tipping and environmental crime: fly-tipping litter dog fouling enforcement camera fixed
  penalty evidence
Street cleaning and parks: street cleaning grounds maintenance grass parks play tree trees
  inspection
Planning applications: planning application validation development management case officer
  decision submission householder
Planning policy and data: local plan planning policy data digital site allocation call for sites
  geospatial boundary brownfield open data
Planning consultation and engagement: planning consultation comment engagement map neighbours
  digital citizen development
Building control: building control regulations inspection surveyor site safety
Land charges: local land charges search searches register migration property
Trees and conservation: tree preservation order conservation area listed building heritage
Housing repairs: repair repairs tenant report appointment slot contractor operative scheduling
  fault diagnosis landlord
Damp, mould and home sensors: damp mould sensor humidity temperature home council homes
  disrepair
Housing management: housing management system tenancy rent landlord tenant stock asset homes
Rent and arrears: rent arrears account income collection tenant prediction payment
Housing register and allocations: housing register waiting list allocation choice based lettings
  bid bidding applicant social housing
Homelessness prevention: homeless homelessness prevention risk predict duty relief personal
  housing plan early
Temporary accommodation and rough sleeping: temporary accommodation placement rough sleeping
  hostel outreach procurement cost
Private rented homes: private rented landlord licensing HMO selective property condition
  enforcement tenant
Adaptations and grants: disabled facilities grant adaptation home improvement occupational
  therapist equipment
Retrofit and energy: retrofit energy efficiency insulation heat pump fuel poverty warm homes
Empty homes: empty property homes derelict vacant
Council tax: council tax account bill change address direct debit discount exemption moving
  single person
Benefits and council tax support: housing benefit council tax support reduction claim evidence
  change circumstances assessment automation
Business rates and grants to business: business rates grant support payment ratepayer relief
Debt and collection: debt arrears collection single view vulnerable recovery enforcement
  affordable payment plan ethical
Low income and poverty data: low income families household poverty tracker benefit data
  dashboard financial hardship take-up unclaimed vulnerable
Hardship funds and cost of living: hardship crisis fund cost of living household support voucher
  food local welfare
Free school meals: free school meals pupil premium eligible auto-enrolment automatic children
  benefit data clothing grant
School admissions: school admission place apply parents primary secondary portal coordinated
  offer
Special educational needs: SEND special educational needs EHCP education health care plan
  assessment
Schools and attendance: school attendance exclusion missing education pupil teachers
Early years and childcare: childcare nursery early years funded hours free entitlement provider
Family hubs: family hub hubs families children start for life parents infant digital offer
Youth and youth justice: youth young people justice offending club service
Fostering and adoption: foster fostering carer carers recruitment enquiry adoption placement
Children's social care and safeguarding: children social worker safeguarding looked after case
  management child protection
Children's data and returns: children data statutory returns dashboard performance indicators
  looked after benchmarking analysis
Care leavers: care leavers leaving app young people independence
Adult social care assessment: adult social care assessment Care Act eligibility self-assessment
  financial form online
Telecare and the digital switchover: telecare alarm analogue digital switchover phone line
  copper community pendant
Technology enabled care: care technology sensors assistive independent living falls wearable
  device older people home monitoring
Care charging and direct payments: care charging financial assessment direct payment personal
  budget contribution
Care market and home care: home care provider brokerage commissioning market placement
  domiciliary
Carers: unpaid carers carer assessment support break
Hospital discharge and health records: hospital discharge NHS integrated shared care record
  health interoperability
AI note-taking for social care: AI transcription notes social worker meeting recording
  assessment case note summarise scribe
Loneliness and wellbeing: loneliness isolation social prescribing wellbeing directory community
Public health: public health sexual smoking vaccination testing health check outbreak
Drugs, alcohol and domestic abuse: substance misuse domestic abuse violence victims refuge
Community directory: directory services local information community groups voluntary open
  referral signposting
Registering births: birth births registration registrar baby parents certificate
Registering deaths and bereavement: death registration bereavement tell us once burial cremation
  cemetery medical examiner
Registrars' appointments and ceremonies: registrar appointment booking diary ceremony wedding
  marriage notice citizenship certificate
Tell us once and changing address: moving house home change address tell once customer details
Elections: election electoral polling station register voter canvass ballot tablet count
  presiding
Democracy and meetings: democratic meetings committee councillors hybrid webcast petition
  minutes member casework
Consultation and participation: consultation participation engagement survey citizen assembly
  budgeting feedback
Freedom of information: freedom of information FOI request SAR subject access disclosure EIR
  publish
Complaints and feedback: complaint complaints ombudsman feedback compliments
Records and documents: SharePoint records documents shared drive migration retention electronic
  document management scanning archive
Taxi licensing: taxi private hire driver licence licensing operator vehicle plate knowledge
Other licences: licence licensing premises alcohol event street trading animal application
Environmental health and food: food hygiene safety inspection environmental health premises
  business register
Noise and nuisance: noise nuisance complaint recording app neighbour sound antisocial
Air quality: air quality pollution monitor sensor emission clean zone
Trading standards and scams: trading standards consumer scam fraud rogue doorstep
Community safety and CCTV: CCTV camera community safety crime anti-social behaviour police
Emergency planning: emergency resilience incident planning response severe weather
Libraries: library libraries loan borrow catalogue reservation management system kiosk RFID
Self-service and unstaffed libraries: library open access extended hours unstaffed door card
  self-service
E-books and digital reading: e-books ebook audiobook digital lending reading
Museums, archives and heritage: museum archive heritage collection digitise gallery culture
Leisure and sport: leisure centre gym booking membership pool sports pitch
Tourism and events: tourism visitor events festival town destination
Jobs and employment support: employment job skills training apprenticeship vacancy work support
  careers
Business and economy: business support economy enterprise start-up high street town centre
  footfall
Adult learning: adult education learning course enrol
Digital inclusion: digital inclusion exclusion devices skills data connectivity laptop lending
  champions
Broadband and connectivity: broadband fibre gigabit 5G wifi mobile coverage network rural
Customer account and portal: customer account portal self-service my account login online
  platform request
Customer contact centre and telephony: contact centre telephone call telephony caller queue
  customer services channel shift
Chatbots and voice assistants: chatbot virtual assistant conversational webchat voice bot answer
  question WhatsApp automated
Single sign-on and identity: identity sign-on login One Login verify authentication account
  single proof
Forms and low-code: form forms low-code platform workflow builder process automation in-house
  back office
Website and content: website content CMS redesign accessibility publishing pages LocalGov Drupal
  users search
Design systems and patterns: design system pattern component library reusable style
  accessibility prototype
CRM and case management: CRM case management customer relationship system replacement Dynamics
  Salesforce
Payments: payment pay card GOV.UK online e-payment gateway receipts provider
Income management: income management ledger reconciliation allocation cash receipting
Notifications and messaging: notify text message SMS reminder email letter notification
Robotic process automation: robotic process automation RPA robot bots repetitive tasks
AI assistants for staff: Copilot AI assistant generative staff licence productivity Microsoft
  chat ChatGPT trial
AI policy and ethics: AI policy ethics governance algorithmic transparency responsible risk
Predictive analytics: predict predictive machine learning model forecast risk score demand
Data platform and warehouse: data platform warehouse lake pipeline integration cloud engineering
  analytics
Single view of the customer and data matching: single view matching master data UPRN link
  records resident index
Dashboards and business intelligence: dashboard Power BI intelligence reporting performance
  visualisation
Open data and maps: open data GIS map mapping spatial gazetteer address publish
Data sharing: data sharing information governance agreement privacy consent partner agencies
Digital twin and smart city: digital twin smart city sensors IoT model 3D urban
Finance, HR and payroll systems: ERP finance HR payroll enterprise resource planning system
  ledger Oracle SAP Unit4 implementation
Procurement and contracts: procurement contract supplier spend purchasing tender framework
  commissioning
Recruitment and workforce: recruitment applicant staff workforce induction learning scheduling
  rota
Cloud migration and infrastructure: cloud migration data centre infrastructure server hosting
  network legacy
Cyber security: cyber security attack ransomware resilience phishing backup assessment
Devices, collaboration and flexible working: laptop device Teams Microsoft 365 Windows remote
  working collaboration office
Integration and APIs: API integration middleware interface standards interoperability connect
Digital leadership, skills and culture: digital leadership leaders capability culture training
  councillors academy learning
Digital strategy and transformation: strategy transformation programme savings target operating
  model
Shared services and reorganisation: shared service reorganisation unitary merger joint
  partnership councils local government
Climate and carbon: carbon climate net zero emissions biodiversity nature environment
Property and assets: property estate asset buildings facilities lease space desk booking
Fleet and depots: fleet vehicle depot telematics driver
Fraud and error: fraud error single person discount national initiative matching detection
Insurance and claims: insurance claim injury damage liability
Legal services: legal case court hearing bundle solicitor
Asylum, refugees and migration: refugee asylum Ukraine host resettlement migrant sponsor
Volunteering and mutual aid: volunteer volunteering charity mutual aid coordination
"""


def told(written: str) -> dict[str, str]:
    """The words of each theme by its name; a line that is set in goes with the one above."""
    themes = (line.partition(": ") for line in written.replace("\n  ", " ").strip().splitlines())
    return {name: words for name, _, words in themes}


THEMES = told(WRITTEN)
