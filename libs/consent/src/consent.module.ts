import { Global, Module } from '@nestjs/common';
import { identityPersonalData } from '@unionhall/identity';
import { AccessLedgerService } from './access-ledger.service';
import { Addresses } from './addresses';
import { consentPersonalData } from './consent.personal-data';
import { ConsentService } from './consent.service';
import { ConsentGate } from './consented-contact';
import { registerPersonalData } from './personal-data';
import { PersonalDataService } from './personal-data.service';

registerPersonalData(identityPersonalData);
registerPersonalData(consentPersonalData);

const SERVICES = [Addresses, ConsentService, ConsentGate, AccessLedgerService, PersonalDataService];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class ConsentModule {}
